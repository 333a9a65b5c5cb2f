namespace PelNas.Shared.Tables;

/// <summary>No benchmark table answers for what was asked. The message names the field, what it may be and what to do.</summary>
public sealed class UnknownContextException : Exception
{
    /// <summary>Reports a field.</summary>
    /// <param name="field">The field at fault: <c>dataset</c>, <c>device</c> or <c>score</c>.</param>
    /// <param name="value">What was requested.</param>
    /// <param name="allowed">What may be requested instead.</param>
    public UnknownContextException(string field, string value, IReadOnlyList<string> allowed, string message)
        : base(message)
    {
        Field = field;
        Value = value;
        Allowed = allowed;
    }

    /// <summary>Refuses a name that a space does not have.</summary>
    /// <param name="field"><c>dataset</c> or <c>device</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="names">The names that it has.</param>
    /// <exception cref="UnknownContextException">It is not one of them.</exception>
    internal static void ThrowIfNotIn(string space, string field, string name, IReadOnlyList<string> names)
    {
        if (!names.Contains(name))
        {
            throw new UnknownContextException(field, name, names, $"{field} {NearMiss.Unknown(name, names)} in the space {space}.");
        }
    }

    /// <summary>The field at fault: <c>dataset</c>, <c>device</c> or <c>score</c>.</summary>
    public string Field { get; }

    /// <summary>What was requested.</summary>
    public string Value { get; }

    /// <summary>What may be requested instead.</summary>
    public IReadOnlyList<string> Allowed { get; }
}
