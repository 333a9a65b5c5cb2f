namespace PelNas.Local.Tests.Api;

/// <summary>The members that the real Azure Functions and Durable Task packages have, from real-api.txt.</summary>
internal static class RealApi
{
    public static IReadOnlySet<string> Members { get; } = Read();

    /// <summary>The members of the types that the real packages lack or spell otherwise.</summary>
    public static IReadOnlyList<string> Lacks(IEnumerable<Type> types) =>
        [.. types.SelectMany(ApiSignatures.Of).Where(line => !Members.Contains(line)).Order(StringComparer.Ordinal)];

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(RealApi).Assembly.GetManifestResourceStream("real-api.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
