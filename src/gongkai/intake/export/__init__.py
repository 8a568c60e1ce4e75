"""Official tables as a finance system or a unit has them (工作簿), read back into facts of a data file."""
