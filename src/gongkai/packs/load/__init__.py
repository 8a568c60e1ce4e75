"""From folders to a pack that can be used: found, put together with its parents, and looked over."""
