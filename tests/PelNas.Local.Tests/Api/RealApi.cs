namespace PelNas.Local.Tests.Api;

/// <summary>The members that the real Azure Functions and Durable Task packages have, from real-api.txt.</summary>
internal static class RealApi
{
    public static IReadOnlySet<string> Members { get; } = Read();

    /// <summary>The types whose base real-api.txt knows.</summary>
    private static readonly HashSet<string> WithBase = [.. Members.Where(IsBase).Select(Owner)];

    /// <summary>The members of the types that the real packages lack or spell otherwise. A base counts where the real one is known.</summary>
    public static IReadOnlyList<string> Lacks(IEnumerable<Type> types) =>
    [
        .. types.SelectMany(ApiSignatures.Of)
            .Where(line => !Members.Contains(line) && (!IsBase(line) || WithBase.Contains(Owner(line))))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsBase(string line) => line.Contains(" :: : ", StringComparison.Ordinal);

    private static string Owner(string line) => line.Split(" :: ")[0];

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(RealApi).Assembly.GetManifestResourceStream("real-api.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
