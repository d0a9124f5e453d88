"""How notebooks are run and pages made."""
