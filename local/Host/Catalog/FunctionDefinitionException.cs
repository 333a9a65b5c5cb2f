namespace PelNas.Local.Host;

/// <summary>A function is declared in a way the host cannot run. The message names the function and the fix.</summary>
/// <param name="message">Both.</param>
public sealed class FunctionDefinitionException(string message) : Exception(message);
