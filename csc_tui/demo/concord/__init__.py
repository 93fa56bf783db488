"""The Concord CRM dialect: contacts, companies, deals and what hangs on them."""
