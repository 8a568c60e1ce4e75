"""The emblem of a pack in a document of the compiler, and pictures of lines made pixels."""
