"""JupyterLab on the project's notebooks (``xuke lab``): its kernel, its settings, how it saves."""
