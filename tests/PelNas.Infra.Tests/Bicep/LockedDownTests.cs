namespace PelNas.Infra.Tests.Bicep;

/// <summary>What the compiled template must never have: a key, a shared access signature, an open door.</summary>
public sealed partial class LockedDownTests(ArmTemplate template)
{
    private const string ClosedWhenPrivate = "[if(parameters('isPrivate'), 'Disabled', 'Enabled')]";
    private const string DeniedWhenPrivate = "[if(parameters('isPrivate'), 'Deny', 'Allow')]";

    [Fact]
    public void No_key_or_signature_is_read_or_written() => Key().Matches(template.Text).Select(match => match.Value).ShouldBeEmpty();

    [Theory]
    [InlineData("[listKeys('x', '2025-06-01').keys[0].value]")]
    [InlineData("[resourceId('x').listAccountSas('2025-06-01')]")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=x;AccountKey=y")]
    [InlineData("SharedAccessKey=z")]
    public void The_search_for_keys_finds_one(string text) => Key().IsMatch(text).ShouldBeTrue();

    [Fact]
    public void No_parameter_is_a_secret()
        => template.Templates.Values.SelectMany(each => each["parameters"] as JsonObject ?? [])
            .Where(parameter => parameter.Value!["type"]?.GetValue<string>() is "securestring" or "secureObject")
            .Select(parameter => parameter.Key).ShouldBeEmpty();

    [Fact]
    public void Storage_takes_identities_only()
    {
        JsonObject account = template.OfType("Microsoft.Storage/storageAccounts").ShouldHaveSingleItem().Properties;
        account["allowSharedKeyAccess"]!.GetValue<bool>().ShouldBeFalse();
        account["allowBlobPublicAccess"]!.GetValue<bool>().ShouldBeFalse();
        account["allowCrossTenantReplication"]!.GetValue<bool>().ShouldBeFalse();
        account["defaultToOAuthAuthentication"]!.GetValue<bool>().ShouldBeTrue();
        account["supportsHttpsTrafficOnly"]!.GetValue<bool>().ShouldBeTrue();
        account["minimumTlsVersion"]!.GetValue<string>().ShouldBe("TLS1_2");
        account["publicNetworkAccess"]!.GetValue<string>().ShouldBe(ClosedWhenPrivate);
        account["networkAcls"]!["defaultAction"]!.GetValue<string>().ShouldBe(DeniedWhenPrivate);
        template.OfType("Microsoft.Storage/storageAccounts/blobServices/containers")
            .ShouldAllBe(container => container.Properties["publicAccess"]!.GetValue<string>() == "None");
    }

    [Fact]
    public void Azure_OpenAI_takes_identities_only()
    {
        JsonObject account = template.OfType("Microsoft.CognitiveServices/accounts").ShouldHaveSingleItem().Properties;
        account["disableLocalAuth"]!.GetValue<bool>().ShouldBeTrue();
        account["publicNetworkAccess"]!.GetValue<string>().ShouldBe(ClosedWhenPrivate);
        account["networkAcls"]!["defaultAction"]!.GetValue<string>().ShouldBe(DeniedWhenPrivate);
    }

    [Fact]
    public void The_scheduler_is_closed_with_the_network_unless_it_is_opened_by_name()
    {
        template.OfType("Microsoft.DurableTask/schedulers").ShouldHaveSingleItem().Properties["publicNetworkAccess"]!.GetValue<string>()
            .ShouldBe(ClosedWhenPrivate);
        template.Templates[""]["resources"]!["durable"]!["properties"]!["parameters"]!["isPrivate"]!["value"]!.GetValue<string>()
            .ShouldBe("[and(parameters('privateNetwork'), not(parameters('schedulerPublicAccess')))]");
    }

    [Fact]
    public void Telemetry_is_taken_from_identities_only()
    {
        template.OfType("Microsoft.OperationalInsights/workspaces").ShouldHaveSingleItem()
            .Properties["features"]!["disableLocalAuth"]!.GetValue<bool>().ShouldBeTrue();
        template.OfType("Microsoft.Insights/components").ShouldHaveSingleItem()
            .Properties["DisableLocalAuth"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void The_app_speaks_https_and_takes_no_publishing_password()
    {
        JsonObject app = template.OfType("Microsoft.Web/sites").ShouldHaveSingleItem().Properties;
        app["httpsOnly"]!.GetValue<bool>().ShouldBeTrue();
        app["siteConfig"]!["ftpsState"]!.GetValue<string>().ShouldBe("Disabled");
        app["siteConfig"]!["minTlsVersion"]!.GetValue<string>().ShouldBe("1.2");
        app["siteConfig"]!["remoteDebuggingEnabled"]!.GetValue<bool>().ShouldBeFalse();
        app["functionAppConfig"]!["deployment"]!["storage"]!["authentication"]!["type"]!.GetValue<string>()
            .ShouldBe("UserAssignedIdentity");

        IReadOnlyList<ArmResource> policies = template.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        policies.Select(policy => Quoted().Matches(policy.Json["name"]!.GetValue<string>()).Last().Groups[1].Value).Order()
            .ShouldBe(["ftp", "scm"]);
        policies.ShouldAllBe(policy => !policy.Properties["allow"]!.GetValue<bool>());
    }

    [Fact]
    public void Private_endpoints_exist_for_all_that_is_closed()
    {
        JsonObject variables = template.Templates["privateEndpoints"]["variables"]!.AsObject();
        variables["storageEndpoints"]!.GetValue<string>().ShouldStartWith("[map(createArray('blob', 'queue', 'table'), ");
        variables["openAiEndpoints"]!.GetValue<string>().ShouldContain("'account'");
        variables["schedulerEndpoints"]!.GetValue<string>()
            .ShouldContain("'name', 'scheduler', 'target', parameters('schedulerId'), 'zone', 'privatelink.durabletask.io'");
        variables["endpoints"]!.GetValue<string>()
            .ShouldBe("[concat(variables('storageEndpoints'), variables('openAiEndpoints'), variables('schedulerEndpoints'))]");
        template.Templates[""]["resources"]!["privateEndpoints"]!["condition"]!.GetValue<string>()
            .ShouldBe("[parameters('privateNetwork')]");
    }

    [GeneratedRegex(
        @"list(Account|Admin|Service)?(Keys|Secrets|Sas|ConnectionStrings|Credentials)|AccountKey|SharedAccess|[?&]sig=|\bapi-?key\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Key();

    [GeneratedRegex("'([a-z]+)'")]
    private static partial Regex Quoted();
}
