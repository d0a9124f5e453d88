"""Access (创新方式、便民): online, visits, tolerance, materials, packages."""
