"""The commands of workbooks."""
