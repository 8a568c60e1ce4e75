"""How a file says yes and no."""

TRUE, FALSE = {"true", "是"}, {"false", "否"}
