"""What a chain of packs says of tables (表格.yaml), put together and bound to names."""
