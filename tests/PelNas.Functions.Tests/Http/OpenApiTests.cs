using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Http.About;
using PelNas.Functions.Http.Devices;
using PelNas.Functions.Http.Spaces;
using PelNas.Functions.Http.Sweeps;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Tests.Http;

/// <summary>Keeps <c>docs/openapi.yaml</c> and the code together.</summary>
public sealed class OpenApiTests
{
    private static readonly OpenApiDocument Document = OpenApiDocument.Load();

    public static TheoryData<Type> Types =>
    [
        typeof(SearchRequest), typeof(StartedSearch), typeof(SearchProgress), typeof(SearchSummary), typeof(SearchList),
        typeof(SearchDetails), typeof(ChatUsage), typeof(AnswerTally), typeof(UnusableAnswers),
        typeof(SearchFailure), typeof(PartitionPlan), typeof(SearchFront), typeof(FrontPoint), typeof(FrontQuality),
        typeof(CandidateList), typeof(CandidateView), typeof(RunReport), typeof(PlotPoint), typeof(ReportRound), typeof(RejectedProposal),
        typeof(ReportHeuristics), typeof(PartitionHeuristics), typeof(Heuristic), typeof(DeviceList), typeof(DeviceInfo),
        typeof(LatencyDocument), typeof(StoredDeviceTable), typeof(SpaceList), typeof(StoredSpace), typeof(LatencyValidation),
        typeof(MeasurementSetup),
        typeof(DevicePoints), typeof(DevicePoint), typeof(MeasurementSuggestions), typeof(SuggestedCell),
        typeof(LabelRequest), typeof(TrainingRequest), typeof(LabelList), typeof(LabelView), typeof(LabelClaim), typeof(LabelAnswer),
        typeof(CellDetails), typeof(CellRank), typeof(CellScore), typeof(CellFigures), typeof(CellOnDataset),
        typeof(Problem), typeof(HealthView),
        typeof(SweepRequest), typeof(StartedSweep), typeof(SweepProgress), typeof(SweepView), typeof(SweepList),
        typeof(SweepSearch), typeof(SweepContext), typeof(SweepComparison),
    ];

    [Fact]
    public void The_document_has_every_route_of_the_app_and_no_other()
        => Document.Operations.Keys.Order(StringComparer.Ordinal)
            .ShouldBe(Routes().Select(route => route.Operation).Order(StringComparer.Ordinal));

    [Fact]
    public void Operations_bear_the_names_of_their_functions()
    {
        foreach ((string operation, string function, _) in Routes())
        {
            // One function may serve several methods; then the document tells them apart by more than its name.
            Document.Operations[operation].ShouldStartWith(function);
        }
    }

    [Fact]
    public async Task There_is_a_sample_request_for_every_route()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "pelnas.http"), Cancellation);
        Regex[] samples = [.. lines.Where(line => line.Contains(" {{host}}/", StringComparison.Ordinal)).Select(PatternOf)];

        Document.Operations.Keys.Where(operation => !samples.Any(sample => sample.IsMatch(operation))).ShouldBeEmpty();
        samples.Where(sample => !Document.Operations.Keys.Any(sample.IsMatch)).ShouldBeEmpty();

        // A variable of the file, or a plain value, may stand for a parameter of the route.
        static Regex PatternOf(string line) => new(
            "^" + string.Join('/', line.Replace("{{host}}/", "", StringComparison.Ordinal).Split('?')[0].Split('/').Select(PartOf)) + "$");

        static string PartOf(string part) => part.StartsWith('{') ? "\\{[^/]+\\}" : $"({Regex.Escape(part)}|\\{{[^/]+\\}})";
    }

    [Fact]
    public void Every_route_but_those_about_the_app_asks_for_a_function_key_and_the_document_says_so()
    {
        Routes().ShouldAllBe(route => (route.Level == AuthorizationLevel.Function) == Document.Guarded.Contains(route.Operation));
        Document.TextAt("components", "securitySchemes", "functionKey", "name").ShouldBe("x-functions-key");
        foreach (string operation in Document.Guarded)
        {
            string[] parts = operation.Split(' ');
            Document.TextAt("paths", "/" + parts[1], parts[0].ToLowerInvariant(), "responses", "401", "$ref")
                .ShouldBe("#/components/responses/Unauthorized", operation);
        }
    }

    [Fact]
    public void Every_route_with_data_may_find_the_store_at_fault_and_the_document_says_so()
    {
        foreach (string operation in Document.Stored)
        {
            string[] parts = operation.Split(' ');
            Document.TextAt("paths", "/" + parts[1], parts[0].ToLowerInvariant(), "responses", "500", "$ref")
                .ShouldBe("#/components/responses/ServerFault", operation);
            Document.TextAt("paths", "/" + parts[1], parts[0].ToLowerInvariant(), "responses", "503", "$ref")
                .ShouldBe("#/components/responses/StoreUnavailable", operation);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_schema_has_the_properties_of_its_type(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Document.PropertiesOf(type.Name)
            .ShouldBe(PelNasJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name), ignoreOrder: true);
        Document.RequiredOf(type.Name).ShouldBeSubsetOf(Document.PropertiesOf(type.Name));
    }

    [Fact]
    public void Enumerations_list_the_values_of_their_types()
    {
        Document.List("components", "schemas", nameof(SearchStatus), "enum").ShouldBe(Names<SearchStatus>());
        Document.List("components", "schemas", nameof(SweepStatus), "enum").ShouldBe(Names<SweepStatus>());
        Document.List("components", "schemas", nameof(UnusableAnswers), "properties", "kind", "enum").ShouldBe(Names<UnusableKind>());
        Document.List("components", "schemas", nameof(DeviceInfo), "properties", "latencySource", "enum").ShouldBe(Names<LatencySource>());
        Document.List("components", "schemas", nameof(SearchRequest), "properties", "partitionScheme", "enum")
            .ShouldBe(PartitionSchemes.Names, ignoreOrder: true);
        Document.List("components", "schemas", nameof(SearchRequest), "properties", "predictor", "enum").ShouldBe(PredictorInputs.Names);
        Document.List("components", "schemas", nameof(SearchRequest), "properties", "labelsFrom", "enum").ShouldBe(LabelSources.Names);
        Document.List("components", "schemas", nameof(SweepRequest), "properties", "labelsFrom", "enum").ShouldBe(LabelSources.Names);
        Document.List("components", "schemas", nameof(SearchRequest), "properties", "proxyScores", "enum")
            .ShouldBe([.. ProxyScoreSources.Names, "null"]);

        static IEnumerable<string> Names<T>()
            where T : struct, Enum => Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName);
    }

    [Fact]
    public void Query_parameters_are_those_that_the_functions_read()
    {
        foreach ((string operation, string function, _) in Routes())
        {
            Document.QueryParameters[operation].Order(StringComparer.Ordinal)
                .ShouldBe(UnknownParameters.Of(function).Order(StringComparer.Ordinal), operation);
        }
    }

    [Fact]
    public void Limits_and_defaults_are_those_of_the_code()
    {
        SearchRequest defaults = new();
        Property("generations", "maximum").ShouldBe($"{RequestLimits.MaxGenerations}");
        Property("generations", "default").ShouldBe($"{defaults.Generations}");
        Property("maxLabels", "maximum").ShouldBe($"{RequestLimits.MaxLabels}");
        Property("maxLabels", "default").ShouldBe($"{defaults.MaxLabels}");
        Property("proposalsPerPartition", "maximum").ShouldBe($"{RequestLimits.MaxProposals}");
        Property("proposalsPerPartition", "default").ShouldBe($"{defaults.ProposalsPerPartition}");
        Property("partitionScheme", "default").ShouldBe(defaults.PartitionScheme);
        Property("predictor", "default").ShouldBe(defaults.Predictor);
        Property("partitions", "default").ShouldBe($"{defaults.Partitions}");
        Property("seed", "default").ShouldBe($"{defaults.Seed}");

        SweepRequest sweep = new();
        SweepProperty("window", "maximum").ShouldBe($"{SweepRequestValidator.MaxWindow}");
        SweepProperty("window", "default").ShouldBe($"{sweep.Window}");
        SweepProperty("maxLabels", "maximum").ShouldBe($"{RequestLimits.MaxLabels}");
        SweepProperty("maxLabels", "default").ShouldBe($"{sweep.MaxLabels}");
        SweepProperty("generations", "maximum").ShouldBe($"{RequestLimits.MaxGenerations}");
        SweepProperty("generations", "default").ShouldBe($"{sweep.Generations}");

        static string? SweepProperty(string name, string member)
            => Document.TextAt("components", "schemas", nameof(SweepRequest), "properties", name, member);

        static string? Property(string name, string member)
            => Document.TextAt("components", "schemas", nameof(SearchRequest), "properties", name, member);
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_no_member_is_empty()
    {
        Document.References.ShouldNotBeEmpty();
        Document.References.Where(reference => !Document.Has(reference)).ShouldBeEmpty();
        Document.EmptyMembers.ShouldBeEmpty();
    }

    private static List<(string Operation, string Function, AuthorizationLevel Level)> Routes() =>
    [
        .. from type in typeof(StartSearch).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           from parameter in method.GetParameters()
           where parameter.ParameterType == typeof(HttpRequest)
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           from verb in trigger.Methods!
           select ($"{verb.ToUpperInvariant()} {trigger.Route!.Replace("?}", "}", StringComparison.Ordinal)}",
               function.Name, trigger.AuthLevel),
    ];
}
