"""What a CRM is: records, resources, queries, changes, errors. Pure, without any I/O."""

import os

# Models validate by themselves: to look for plugins of pydantic among all that is installed would
# take a tenth of a model's making, and let others have a say in it.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
