namespace PelNas.Infra.Tests.Bicep;

/// <summary>
/// What the Azure Developer CLI gives to the template: a parameter that it does not give falls back to its default at every deployment.
/// </summary>
public sealed partial class ParametersTests(ArmTemplate template)
{
    // Without one azd asks for it, or the template refuses to be deployed.
    private static readonly string[] WithoutDefault = ["environmentName", "location", "budgetStart"];

    private static JsonObject Given => JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject();

    private JsonObject Parameters => template.Templates[""]["parameters"]!.AsObject();

    [Fact]
    public void Every_parameter_can_be_set_through_a_variable()
    {
        Given.Select(pair => pair.Key).Order(StringComparer.Ordinal)
            .ShouldBe(Parameters.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        string[] names = [.. Given.Select(pair => Variable(pair.Key).Groups[1].Value)];
        names.ShouldAllBe(name => name.Length > 0);
        names.Distinct().Count().ShouldBe(names.Length);
    }

    [Fact]
    public void A_variable_that_is_not_set_leaves_the_default_of_the_template()
    {
        foreach ((string name, JsonNode? parameter) in Parameters.Where(pair => !WithoutDefault.Contains(pair.Key)))
        {
            JsonNode value = parameter!["defaultValue"].ShouldNotBeNull(name);
            // azd leaves a parameter out whose variable is not set, and an object cannot stand between the braces.
            string expected = value is JsonObject ? "" : value.ToString();
            Variable(name).Groups[2].Value.ShouldBe(expected, name, StringCompareShould.IgnoreCase);
        }

        Parameters.Where(pair => pair.Value!["defaultValue"] is null).Select(pair => pair.Key).Order().ShouldBe(WithoutDefault.Order());
    }

    [Fact]
    public void A_budget_keeps_its_start() => template.Text.ShouldNotContain("utcNow(");

    private static Match Variable(string parameter) => Substitution().Match(Given[parameter]!["value"]!.GetValue<string>());

    [GeneratedRegex(@"^\$\{([A-Za-z_]+)(?:=([^}]+))?\}$")]
    private static partial Regex Substitution();
}
