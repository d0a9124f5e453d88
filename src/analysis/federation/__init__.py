"""Federation (汇总上报): places hand up their tallies instead of their cases, and these are added up."""
