"""The checks that are live in a book (填表说明): what a clerk sees to agree, or not, while filling in."""
