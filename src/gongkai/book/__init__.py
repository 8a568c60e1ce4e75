"""Writing the fill-in book (填报簿), and what turns one kind of data file into the other."""
