"""What a CRM is: records, resources, queries, changes, errors. Pure, without any I/O."""
