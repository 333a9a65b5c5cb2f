using System.Reflection;
using PelNas.Infra.Tests.Bicep;

namespace PelNas.Infra.Tests.Settings;

/// <summary>
/// A setting is read by the code, described in docs/configuration.md and, unless that says why not, set by infra/; and the reverse.
/// </summary>
public sealed partial class SettingsTests(ArmTemplate template)
{
    private JsonObject Product => template.Templates["functionApp"]["variables"]!["productSettings"]!.AsObject();

    private string AppSettings
        => template.OfType("Microsoft.Web/sites/config").ShouldHaveSingleItem().Json["properties"]!.GetValue<string>()
            + template.Templates["functionApp"]["variables"]!["schedulerSettings"]!.GetValue<string>();

    [Fact]
    public void Every_setting_that_the_code_reads_is_documented_and_the_reverse()
        => DocumentedSetting.Of("PelNas").Select(setting => setting.Name).ShouldBe(SettingsInCode.All);

    [Fact]
    public void Every_setting_that_infra_sets_is_documented_so_and_the_reverse()
        => Product.Select(setting => setting.Key).Order(StringComparer.Ordinal)
            .ShouldBe(DocumentedSetting.Of("PelNas").Where(setting => setting.IsSetInAzure).Select(setting => setting.Name));

    [Fact]
    public void Every_setting_that_infra_does_not_set_says_why()
        => DocumentedSetting.Of("PelNas").Where(setting => !setting.IsSetInAzure)
            .ShouldAllBe(setting => setting.InAzure.Length > "not set: ".Length);

    [Fact]
    public void The_time_of_the_sweep_has_a_parameter_of_its_own_since_its_name_has_no_prefix()
    {
        Product["PelNasSweepSchedule"]!.GetValue<string>().ShouldBe("[parameters('sweepSchedule')]");
        template.Templates[""]["parameters"]!["sweepSchedule"]!["defaultValue"]!.GetValue<string>()
            .ShouldBe(DocumentedSetting.Of("PelNasSweepSchedule").ShouldHaveSingleItem().Default);
    }

    [Fact]
    public void Every_platform_setting_that_infra_sets_is_documented_and_the_reverse()
        => SettingName().Matches(AppSettings).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ShouldBe(
            DocumentedSetting.Of("").Where(setting => setting.IsSetInAzure && !setting.Name.StartsWith("PelNas", StringComparison.Ordinal))
                .Select(setting => setting.Name));

    [Fact]
    public void Defaults_are_documented_as_they_are()
    {
        Dictionary<string, string> documented = DocumentedSetting.Of("PelNas")
            .ToDictionary(setting => setting.Name, setting => setting.Default);
        foreach (Type type in SettingsInCode.OptionsClasses())
        {
            string section =
                (string)type.GetField(
                    "Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;
            object options = Activator.CreateInstance(type)!;
            foreach (PropertyInfo property in type.GetProperties()
                .Where(property => property.SetMethod is not null && IsSimple(property.PropertyType)))
            {
                string name = $"{section}:{property.Name}".Replace(":", "__", StringComparison.Ordinal);
                string value = Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture) ?? "";
                documented[name].ShouldBe(value.Length == 0 ? "empty" : value, name, StringCompareShould.IgnoreCase);
            }
        }
    }

    [Fact]
    public void No_code_reads_configuration_past_its_options_class()
        => Repository.Files("functions", "*.cs").Concat(Repository.Files("shared", "*.cs"))
            .Where(file => PastOptions().IsMatch(Repository.Read(file)))
            .ShouldBeEmpty();

    [Fact]
    public void A_setting_that_code_reads_by_its_name_is_one_of_the_platform_and_documented()
    {
        string[] platform = [.. DocumentedSetting.Of("").Select(setting => setting.Name)
            .Where(name => !name.StartsWith("PelNas", StringComparison.Ordinal))];
        string[] read =
        [
            .. from file in Repository.Files("functions", "*.cs").Concat(Repository.Files("shared", "*.cs"))
               let source = Repository.Read(file)
               from Match match in Indexed().Matches(source)
               select Literal(match.Groups[1].Value, source),
        ];
        read.ShouldNotBeEmpty();
        read.Distinct().Except(platform).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("configuration[\"PelNas:Chat:Model\"]", "PelNas:Chat:Model")]
    [InlineData("const string Key = \"PelNas:X\"; string? value = builder.Configuration[Key];", "PelNas:X")]
    [InlineData("configuration[Other.Key]", "Other.Key")]
    public void A_read_by_name_is_found(string source, string name)
        => Literal(Indexed().Match(source).Groups[1].Value, source).ShouldBe(name);

    [Fact]
    public void The_host_reaches_storage_as_the_apps_identity()
    {
        AppSettings.ShouldContain("'AzureWebJobsStorage__credential', 'managedidentity'");
        AppSettings.ShouldContain("'AzureWebJobsStorage__clientId', parameters('identityClientId')");
        AppSettings.ShouldNotContain("'AzureWebJobsStorage',");
    }

    [Fact]
    public void The_host_reaches_scheduler_and_telemetry_as_the_apps_identity()
    {
        AppSettings.ShouldContain(
            "'Endpoint={0};Authentication=ManagedIdentity;ClientID={1}', parameters('schedulerEndpoint'), parameters('identityClientId')");
        AppSettings.ShouldContain("'ClientId={0};Authorization=AAD', parameters('identityClientId')");
    }

    private static bool IsSimple(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(TimeSpan) || bare == typeof(decimal)
            || bare == typeof(Uri);
    }

    // A literal, or a constant of the same file; what is neither stays as it is and is documented nowhere.
    private static string Literal(string argument, string source)
    {
        Match constant = Regex.Match(source, $@"\bconst string {Regex.Escape(argument)} = ""([^""]*)""");
        return constant.Success ? constant.Groups[1].Value : argument.Trim('"');
    }

    [GeneratedRegex(@"[cC]onfiguration\[([^\]]+)\]")]
    private static partial Regex Indexed();

    // Names of createObject(...) are literals in front of a value; those of the product come in through variables.
    [GeneratedRegex("'((?:AzureWebJobsStorage__|APPLICATIONINSIGHTS_|AZURE_|DURABLE_TASK_)[A-Za-z_]+)'")]
    private static partial Regex SettingName();

    [GeneratedRegex(
        @"GetSection\((?![A-Za-z]+Options\.Section\))|GetValue<[^>]+>\(""PelNas|GetConnectionString\(|GetEnvironmentVariable\(")]
    private static partial Regex PastOptions();
}
