namespace PelNas.Functions.Http;

/// <summary>The query parameters that an HTTP function reads. Without it a function has none. Others are refused by <see cref="UnknownParameters"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QueryNamesAttribute(params string[] names) : Attribute
{
    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
