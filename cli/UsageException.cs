namespace PelNas.Cli;

/// <summary>The command line asks for something that is not allowed: exit 2. The message names the option and the fix.</summary>
internal sealed class UsageException(string message) : Exception(message);
