namespace PelNas.Local.Host;

/// <summary>A function is declared in a way the host cannot run. The message names the function and the fix.</summary>
public sealed class FunctionDefinitionException : Exception
{
    internal FunctionDefinitionException(string message)
        : base(message)
    {
    }
}
