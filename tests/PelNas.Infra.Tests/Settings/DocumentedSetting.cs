namespace PelNas.Infra.Tests.Settings;

/// <summary>A row of the tables in docs/configuration.md.</summary>
/// <param name="Name">Name of the setting.</param>
/// <param name="Default">Its default, without back quotes; "empty" for none.</param>
/// <param name="InAzure">What infra/ sets, or "not set" with the reason.</param>
internal sealed partial record DocumentedSetting(string Name, string Default, string InAzure)
{
    /// <summary>Whether infra/ sets it.</summary>
    public bool IsSetInAzure => !InAzure.StartsWith("not set", StringComparison.Ordinal);

    /// <summary>All of them whose name begins so.</summary>
    public static IReadOnlyList<DocumentedSetting> Of(string prefix) =>
    [
        .. Row().Matches(Repository.Read("docs/configuration.md"))
            .Select(row => new DocumentedSetting(row.Groups[1].Value, row.Groups[2].Value.Trim().Trim('`'), row.Groups[3].Value.Trim()))
            .Where(setting => setting.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^\| `([A-Za-z_0-9]+)` \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
