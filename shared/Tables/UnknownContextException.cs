namespace PelNas.Shared.Tables;

/// <summary>No benchmark table answers for what was asked. The message names the field, what it may be and what to do.</summary>
public sealed class UnknownContextException : Exception
{
    /// <summary>Reports a field.</summary>
    /// <param name="field">The field at fault: <c>dataset</c>, <c>device</c> or <c>score</c>.</param>
    /// <param name="value">What was asked for.</param>
    /// <param name="allowed">What may be asked for in its place.</param>
    /// <param name="message">The message.</param>
    public UnknownContextException(string field, string value, IReadOnlyList<string> allowed, string message)
        : base(message)
    {
        Field = field;
        Value = value;
        Allowed = allowed;
    }

    /// <summary>The field at fault: <c>dataset</c>, <c>device</c> or <c>score</c>.</summary>
    public string Field { get; }

    /// <summary>What was asked for.</summary>
    public string Value { get; }

    /// <summary>What may be asked for in its place.</summary>
    public IReadOnlyList<string> Allowed { get; }
}
