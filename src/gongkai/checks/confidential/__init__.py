"""What a public file must not tell: secrets (涉密) and persons (个人信息)."""
