"""The amounts that a file states, each with what it is an amount of (科目, 资金, 性质 …), and sums over them."""
