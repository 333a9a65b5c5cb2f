using PelNas.Shared.Common;

namespace PelNas.Infra.Tests.Telemetry;

/// <summary>The queries of the workbook and the alerts: by the Kusto parser, and against what the app sends.</summary>
public sealed partial class QueryTests(ObservedApp app, Linters linters)
{
    // Columns of the tables in Log Analytics that queries may use, by Microsoft's reference of the tables.
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["AppDependencies"] =
            "(TimeGenerated: datetime, Name: string, Data: string, Target: string, DependencyType: string, ResultCode: string, Success: "
                + "bool, DurationMs: real, Properties: dynamic, OperationId: string, ParentId: string)",
        ["_LogOperation"] = "(TimeGenerated: datetime, Category: string, Operation: string, Level: string, Detail: string)",
        ["AppMetrics"] = "(TimeGenerated: datetime, Name: string, Sum: real, Min: real, Max: real, ItemCount: int, Properties: dynamic)",
        ["AppTraces"] = "(TimeGenerated: datetime, Message: string, SeverityLevel: int, Properties: dynamic, OperationId: string)",
    };

    // Asks the workspace about itself, and the app for nothing.
    private const string OfTheWorkspace = "infra/monitor/alerts/telemetry-cap.kql";

    public static TheoryData<string> Files => [.. Repository.Files("infra/monitor", "*.kql").Where(file => file != OfTheWorkspace)];

    [Fact]
    public async Task The_parser_finds_no_fault_in_any_query()
    {
        IReadOnlyList<ParsedQuery> parsed =
            await ParseAsync([.. Repository.Files("infra/monitor", "*.kql").Select(file => (file, Repository.Read(file)))]);
        parsed.Count.ShouldBeGreaterThan(10);
        parsed.Where(query => query.Faults.Count > 0).Select(query => $"{query.Name}: {string.Join("; ", query.Faults)}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AppDependencies | summarze count()")]
    [InlineData("AppDependencies | where Nmae == 'x'")]
    [InlineData("AppDependency | count")]
    public async Task The_parser_finds_a_fault(string query)
        => (await ParseAsync([("faulty", query)])).ShouldHaveSingleItem().Faults.ShouldNotBeEmpty();

    [Fact]
    public async Task An_alert_returns_the_column_that_its_rule_measures()
    {
        string rules = Repository.Read("infra/app/alerts.bicep");
        Match[] measures = [.. Rule().Matches(rules).Cast<Match>()];
        measures.Length.ShouldBe(Repository.Files("infra/monitor/alerts", "*.kql").Count());
        foreach (Match rule in measures)
        {
            string file = $"infra/monitor/alerts/{rule.Groups[1].Value}.kql";
            (await ParseAsync([(file, Repository.Read(file))])).ShouldHaveSingleItem().Columns.ShouldContain(rule.Groups[2].Value, file);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_query_asks_for_names_and_attributes_that_the_app_sends(string file)
    {
        string query = Repository.Read(file);
        TelemetryRow[] rows = [.. app.Rows.Where(row => query.Contains(row.Table, StringComparison.Ordinal))];
        rows.ShouldNotBeEmpty();
        string[] names = [.. NameFilter().Matches(query).SelectMany(filter => Literal().Matches(filter.Value))
            .Select(literal => literal.Groups[1].Value)];
        names.Where(name => !rows.Any(row => row.Name == name)).ShouldBeEmpty();
        string[] attributes = [.. Attribute().Matches(query).Select(match => match.Groups[1].Value).Distinct()];
        attributes
            .Where(attribute =>
                !rows.Any(row => (names.Length == 0 || row.Table == "AppTraces" || names.Contains(row.Name))
                    && row.Properties.ContainsKey(attribute))).ShouldBeEmpty();
        (names.Length + attributes.Length + UrlFilter().Count(query)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_app_that_reports_nothing_counts_as_stuck()
    {
        // Without rows a query has none to compare, and an alert is silent: one that counts first has one always.
        string query = Repository.Read("infra/monitor/alerts/stuck-search.kql");
        query.ShouldContain("summarize Reports = count(), ");
        query.ShouldContain("iff(Reports == 0, 1.0, Max)");
    }

    [Fact]
    public void A_step_that_a_retry_mended_is_no_failure_of_the_sweep()
        => Repository.Read("infra/monitor/alerts/failed-sweep.kql")
            .ShouldContain("summarize arg_max(TimeGenerated, Success, Failed) by Sweep, Name");

    [Fact]
    public void What_calls_cost_is_told_apart_in_words()
    {
        // A chart names its series after the values: "True" and "False" say nothing, and the exporter may write them in small letters.
        Repository.Read("infra/monitor/workbook/llm-cost.kql")
            .ShouldContain($"iff(tostring(Properties['{TelemetryNames.LlmUnconfirmed}']) =~ 'true', 'unconfirmed', 'confirmed')");
        app.Rows.Where(row => row.Name == TelemetryNames.LlmCost)
            .ShouldAllBe(row => row.Properties[TelemetryNames.LlmUnconfirmed] == bool.FalseString);
        Repository.Read("docs/runbooks/llm-spend.md").ShouldContain("*unconfirmed*");
    }

    [Fact]
    public void A_throttled_call_looks_as_the_queries_expect()
    {
        TelemetryRow call = app.Rows.Single(
            row => row.Table == "AppDependencies"
                && row.Data["data"]?.GetValue<string>().Contains("/chat/completions", StringComparison.Ordinal) == true
                    && row.Data["resultCode"]!.GetValue<string>() == "429");
        call.Data["success"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Every_query_is_in_the_workbook_or_an_alert()
    {
        string bicep = Repository.Read("infra/app/workbook.bicep") + Repository.Read("infra/app/alerts.bicep");
        Repository.Files("infra/monitor", "*.kql").Select(file => file["infra/".Length..])
            .ShouldAllBe(file => bicep.Contains($"loadTextContent('../{file}')"));
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_the_reverse()
        => Repository.Files("docs/runbooks", "*.md").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Repository.Files("infra/monitor/alerts", "*.kql").Select(Path.GetFileNameWithoutExtension));

    private async Task<IReadOnlyList<ParsedQuery>> ParseAsync((string Name, string Query)[] queries)
    {
        string input = JsonSerializer.Serialize(
            new { queries = queries.Select(query => new { name = query.Name, query = query.Query }), tables = Tables });
        ToolResult result = await linters.RunAsync("kusto.js", [], input);
        result.ExitCode.ShouldBe(0, result.Errors);
        return JsonSerializer.Deserialize<List<ParsedQuery>>(result.Output, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\bName == '[^']+'|\bName in \('[^)]+\)")]
    private static partial Regex NameFilter();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Literal();

    [GeneratedRegex(@"Properties\['([^']+)'\]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"Data has '")]
    private static partial Regex UrlFilter();

    [GeneratedRegex(@"alerts/([a-z-]+)\.kql'\)\s+measure: '([A-Za-z]+)'")]
    private static partial Regex Rule();
}
