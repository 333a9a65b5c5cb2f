namespace PelNas.Infra.Tests.Bicep;

/// <summary>What is made.</summary>
public sealed class ResourcesTests(ArmTemplate template)
{
    // Each with the version that was chosen; another one is a decision, not an accident.
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["Microsoft.Authorization/locks"] = "2020-05-01",
        ["Microsoft.Authorization/roleAssignments"] = "2022-04-01",
        ["Microsoft.CognitiveServices/accounts"] = "2026-05-01",
        ["Microsoft.CognitiveServices/accounts/deployments"] = "2026-05-01",
        ["Microsoft.Consumption/budgets"] = "2024-08-01",
        ["Microsoft.DurableTask/schedulers"] = "2026-02-01",
        ["Microsoft.DurableTask/schedulers/taskHubs"] = "2026-02-01",
        ["Microsoft.Insights/actionGroups"] = "2023-01-01",
        ["Microsoft.Insights/components"] = "2020-02-02",
        ["Microsoft.Insights/scheduledQueryRules"] = "2023-12-01",
        ["Microsoft.Insights/workbooks"] = "2023-06-01",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "2024-11-30",
        ["Microsoft.Network/privateDnsZones"] = "2024-06-01",
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = "2024-06-01",
        ["Microsoft.Network/privateEndpoints"] = "2024-07-01",
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = "2024-07-01",
        ["Microsoft.Network/virtualNetworks"] = "2024-07-01",
        ["Microsoft.Network/virtualNetworks/subnets"] = "2024-07-01",
        ["Microsoft.OperationalInsights/workspaces"] = "2025-07-01",
        ["Microsoft.Resources/resourceGroups"] = "2025-04-01",
        ["Microsoft.Storage/storageAccounts"] = "2025-06-01",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "2025-06-01",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "2025-06-01",
        ["Microsoft.Web/serverfarms"] = "2025-03-01",
        ["Microsoft.Web/sites"] = "2025-03-01",
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = "2025-03-01",
        ["Microsoft.Web/sites/config"] = "2025-03-01",
    };

    [Fact]
    public void Exactly_the_known_types_are_made_in_the_chosen_versions()
        => template.Resources.Select(resource => $"{resource.Type}@{resource.ApiVersion}").Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(Versions.Select(pair => $"{pair.Key}@{pair.Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void The_app_runs_on_flex_consumption_with_the_runtime_it_is_built_for()
    {
        template.OfType("Microsoft.Web/serverfarms").ShouldHaveSingleItem().Json["sku"]!["name"]!.GetValue<string>().ShouldBe("FC1");
        JsonNode config = template.OfType("Microsoft.Web/sites").ShouldHaveSingleItem().Properties["functionAppConfig"]!;
        config["runtime"]!["name"]!.GetValue<string>().ShouldBe("dotnet-isolated");
        string runtime = config["runtime"]!["version"]!.GetValue<string>();
        Support.Repository.Read("Directory.Build.props").ShouldContain($"<TargetFramework>net{runtime}</TargetFramework>");
        config["scaleAndConcurrency"]!["alwaysReady"]!.GetValue<string>().ShouldContain("'durable'");
    }

    [Fact]
    public void The_task_hub_is_the_one_of_the_host_settings()
    {
        string hub =
            JsonNode.Parse(Support.Repository.Read("host.scheduler.json"))!["extensions"]!["durableTask"]!["hubName"]!.GetValue<string>();
        template.OfType("Microsoft.DurableTask/schedulers/taskHubs").ShouldHaveSingleItem().Json["name"]!.GetValue<string>()
            .ShouldContain($"'{hub}'");
    }

    [Fact]
    public void There_is_a_budget_even_when_nobody_is_named()
    {
        template.Templates[""]["resources"]!["budget"]!["condition"].ShouldBeNull();
        JsonObject notifications =
            template.OfType("Microsoft.Consumption/budgets").ShouldHaveSingleItem().Properties["notifications"]!.AsObject();
        notifications.Count.ShouldBe(3);
        notifications.ShouldAllBe(pair => pair.Value!["contactRoles"]!.ToJsonString() == """["Owner"]""");
    }

    [Fact]
    public void All_that_takes_tags_gets_them()
        => template.Resources.Where(resource => resource.Json["location"] is not null && resource.Json["existing"] is null)
            .ShouldAllBe(resource => resource.Json["tags"] != null);
}
