namespace PelNas.Infra.Tests.Settings;

/// <summary>What the documents name exists.</summary>
public sealed partial class DocumentsTests
{
    public static TheoryData<string> Files =>
    [
        "docs/deploy.md", "docs/configuration.md", "docs/azure-for-nas-people.md",
        "docs/nas-for-azure-people.md", .. Repository.Files("docs/runbooks", "*.md"),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_lead_to_files(string file)
        => Link().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)
            .Where(target => !File.Exists(Path.Combine(Path.GetDirectoryName(Repository.At(file))!, target)))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Settings_that_are_named_are_documented(string file)
    {
        string[] documented = [.. DocumentedSetting.Of("").Select(setting => setting.Name)];
        Setting().Matches(Repository.Read(file)).Select(match => match.Value).Distinct().Except(documented).ShouldBeEmpty();
    }

    [Fact]
    public void Values_of_azd_that_the_guide_names_are_those_that_infra_reads()
    {
        string[] read = [.. AzdValue().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups[1].Value)];
        string guide = Repository.Read("docs/deploy.md");
        read.Where(name => !name.StartsWith("AZURE_", StringComparison.Ordinal))
            .ShouldAllBe(name => guide.Contains(name, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bPelNas__[A-Za-z]+(?:__[A-Za-z]+)?\b(?<!PelNas__)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{([A-Za-z_]+)")]
    private static partial Regex AzdValue();
}
