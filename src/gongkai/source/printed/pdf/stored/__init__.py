"""What a PDF holds, as the library tells it: characters, rules, tags, what is carried beside the pages."""
