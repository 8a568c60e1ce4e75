"""Commands for those who make packs, and for those who get one."""
