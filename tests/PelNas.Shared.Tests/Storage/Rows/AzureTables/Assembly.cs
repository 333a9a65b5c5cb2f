using PelNas.Tests.Azurite;

// One emulator for all tests of this project, started when the first one asks for it.
[assembly: AssemblyFixture(typeof(AzuriteFixture))]
