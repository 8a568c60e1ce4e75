"""The files that a file names (上年文件, 预算文件): read, and held against what the file itself says."""
