namespace PelNas.Infra.Tests.Bicep;

/// <summary>Which roles are given, on what, to whom. Ids are those of Azure's built-in roles.</summary>
public sealed partial class RolesTests(ArmTemplate template)
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = "Cognitive Services OpenAI User",
    };

    private IEnumerable<ArmResource> Assignments => template.OfType("Microsoft.Authorization/roleAssignments");

    [Fact]
    public void Only_data_roles_of_the_list_are_given()
    {
        Assignments.Select(assignment => assignment.Module).Distinct().Order().ShouldBe(["appRoles", "developerRoles"]);
        foreach (string module in (string[])["appRoles", "developerRoles"])
        {
            string text = template.Templates[module].ToJsonString();
            Guids().Matches(text).Select(match => match.Value).Distinct().Order().ShouldBe(Allowed.Keys.Order(), module);
        }
    }

    [Fact]
    public void Every_assignment_takes_its_role_from_the_list_of_the_module()
        => Assignments.ShouldAllBe(assignment => RoleFromList().IsMatch(assignment.Properties["roleDefinitionId"]!.GetValue<string>()));

    [Fact]
    public void Every_assignment_is_on_one_resource()
    {
        string[] scopes = [.. Assignments.Select(assignment => assignment.Json["scope"]!.GetValue<string>())];
        scopes.ShouldAllBe(scope => scope.StartsWith("[resourceId('", StringComparison.Ordinal));
        scopes.Select(scope => scope.Split('\'')[1]).Distinct().Order().ShouldBe(
            ["Microsoft.CognitiveServices/accounts", "Microsoft.DurableTask/schedulers", "Microsoft.Insights/components",
                "Microsoft.Storage/storageAccounts"]);
    }

    [Fact]
    public void The_developer_is_a_person_who_reads_no_blobs_and_writes_no_telemetry()
    {
        JsonObject roles = template.Templates["developerRoles"];
        roles["variables"]!["storageRoles"]!.GetValue<string>()
            .ShouldContain("if(parameters('isApp'), createArray(variables('roles').blobOwner), createArray())");
        template.OfType("Microsoft.Authorization/roleAssignments")
            .Where(assignment => assignment.Json["scope"]!.GetValue<string>().Contains("Microsoft.Insights", StringComparison.Ordinal))
            .ShouldAllBe(assignment => assignment.Json["condition"]!.GetValue<string>() == "[parameters('isApp')]");
        Parameter("appRoles", "isApp").GetValue<bool>().ShouldBeTrue();
        Parameter("developerRoles", "isApp").GetValue<bool>().ShouldBeFalse();
        template.Templates[""]["resources"]!["developerRoles"]!["condition"]!.GetValue<string>()
            .ShouldBe("[and(not(empty(parameters('principalId'))), not(equals(parameters('principalType'), 'ServicePrincipal')))]");
    }

    private JsonNode Parameter(string module, string name)
        => template.Templates[""]["resources"]![module]!["properties"]!["parameters"]![name]!["value"]!;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guids();

    [GeneratedRegex(
        @"^\[subscriptionResourceId\('Microsoft\.Authorization/roleDefinitions', variables\('(roles'\)\.[a-zA-Z]+|storageRoles'\)\[copyIndex\(\)\])\)\]$")]
    private static partial Regex RoleFromList();
}
