using System.Text.Json.Nodes;

namespace PelNas.Shared.Tests.Tables;

public sealed class SpaceDefinitionReaderTests
{
    [Fact]
    public void A_definition_becomes_a_space_with_its_tables()
    {
        SpaceDefinition definition = SpaceDefinitionReader.Read(Vit().ToJsonString(), out IReadOnlyList<SpaceFault> faults)
            .ShouldNotBeNull(SpaceFault.Describe(faults));
        SpaceBenchmark benchmark = definition.ToBenchmark().ShouldBeOfType<SpaceBenchmark>();
        benchmark.Space.Size.ShouldBe(13);
        benchmark.Space.IsComplete.ShouldBeFalse();
        BenchmarkContext context = benchmark.GetContext("imagenet", "cpu");
        benchmark.Space.TryParse("width=192;depth=10", out int index, out _).ShouldBeTrue();
        context.Labels("validation")[index].ShouldBe(62);
        context.LatencyMs[index].ShouldBe(22);
        benchmark.Space.Complexity(index).ShouldBe(1920);
        context.Metrics.ExactFront.ShouldNotBeEmpty();
        context.Metrics.Ceiling("validation").ShouldBeNull();
    }

    [Fact]
    public void A_definition_without_a_table_is_an_open_space_whose_labels_its_user_brings()
    {
        JsonObject vit = Vit();
        vit.Remove("table");
        OpenBenchmark benchmark = SpaceDefinitionReader.Read(vit.ToJsonString(), out _).ShouldNotBeNull().ToBenchmark()
            .ShouldBeOfType<OpenBenchmark>();
        benchmark.Datasets.ShouldBeEmpty();
        benchmark.Devices.ShouldBe(["complexity", "told"]);
        BenchmarkContext context = benchmark.GetContext("mine", "complexity", seed: 1);
        context.Space.Size.ShouldBe((int)benchmark.Architectures - 1, "one pair is forbidden");
        context.Space.TryParse("width=192;depth=10", out int index, out _).ShouldBeTrue();
        context.LatencyMs[index].ShouldBe(1920);
        context.Labels("validation").IsDefault.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""[{ "name": "a", "choices": [1, 2] }]""", "[]", "/decisions")]
    [InlineData("""[{ "name": "a", "choices": [1, 2, 3, 4] }, { "name": "b", "choices": [1, 2, 3, 4] }]""",
        """[{ "a": 1, "b": 1 }, { "a": 1, "b": 2 }, { "a": 1, "b": 3 }, { "a": 1, "b": 4 }, { "a": 2, "b": 1 }]""", "/forbidden")]
    public void A_space_without_a_table_has_to_leave_something_to_search(string decisions, string forbidden, string place)
    {
        SpaceDefinitionReader.Read(
            $$"""{ "name": "few", "decisions": {{decisions}}, "forbidden": {{forbidden}} }""",
            out IReadOnlyList<SpaceFault> faults).ShouldBeNull();
        faults[0].Place.ShouldBe(place);
        faults[0].Message.ShouldContain("12 or more are needed");
    }

    [Theory]
    [InlineData("{", "", "not well-formed")]
    [InlineData("[]", "", "must be an object, not array")]
    [InlineData("size=3", "/size", "is not known")]
    [InlineData("name=-", "/name", "is missing")]
    [InlineData("name=7", "/name", "must be a text, not number")]
    [InlineData("name=\"My Space\"", "/name", "is no name of a space")]
    [InlineData("name=\"transnas\"", "/name", "ships")]
    [InlineData("decisions=[]", "/decisions", "has 0 items")]
    [InlineData("decisions=7", "/decisions", "must be a list")]
    [InlineData("decisions/0=7", "/decisions/0", "must be an object")]
    [InlineData("decisions/0/width=1", "/decisions/0/width", "is not known")]
    [InlineData("decisions/0/name=\"a b\"", "/decisions/0/name", "is no name of a decision")]
    [InlineData("decisions/1/name=\"depth\"", "/decisions/1/name", "earlier decision")]
    [InlineData("decisions/0/choices=[8]", "/decisions/0/choices", "has 1 items; give 2 to")]
    [InlineData("decisions/0/choices/1=null", "/decisions/0/choices/1", "is no choice")]
    [InlineData("decisions/0/choices/1=8", "/decisions/0/choices/1", "listed twice")]
    [InlineData("decisions/0/complexity=-", "/decisions/0", "lacks complexity")]
    [InlineData("decisions/0/complexity=[1]", "/decisions/0/complexity", "1 numbers for 4 choices")]
    [InlineData("decisions/0/complexity/0=\"x\"", "/decisions/0/complexity/0", "'\"x\"' is not allowed; give a number from 0 to 1e12")]
    [InlineData("decisions/0/complexity/0=-1", "/decisions/0/complexity/0", "'-1' is not allowed; give a number from 0 to 1e12")]
    [InlineData("forbidden/0=7", "/forbidden/0", "two decisions")]
    [InlineData("forbidden/0={\"depth\":8,\"heads\":1}", "/forbidden/0/heads", "no decision 'heads'")]
    [InlineData("forbidden/0={\"depth\":9,\"width\":192}", "/forbidden/0/depth", "'9' is no choice of depth")]
    [InlineData("table/csv=\"\"", "/table/csv", "must be the text of the table")]
    [InlineData("table/rows=1", "/table/rows", "is not known")]
    [InlineData("table/accuracies=-", "/table/accuracies", "one data set or more")]
    [InlineData("table/latencies={}", "/table/latencies", "one device or more")]
    [InlineData("table/latencies/cpu=\"ms\"", "/table/latencies/cpu", "must be a column of the table: top1, cpu_ms")]
    [InlineData("table/paramsM=\"m\"", "/table/paramsM", "must be a column")]
    public void A_mistake_is_named_with_its_JSON_pointer(string change, string place, string message)
    {
        SpaceDefinitionReader.Read(Changed(change), out IReadOnlyList<SpaceFault> faults).ShouldBeNull();
        faults[0].Place.ShouldBe(place);
        faults[0].Message.ShouldContain(message);
    }

    /// <summary>RFC 6901, section 3.</summary>
    [Fact]
    public void A_pointer_to_an_odd_name_is_escaped()
    {
        JsonObject vit = Vit();
        vit["depth/width~1"] = 1;
        SpaceDefinitionReader.Read(vit.ToJsonString(), out IReadOnlyList<SpaceFault> faults).ShouldBeNull();
        faults[0].Place.ShouldBe("/depth~1width~01");
    }

    [Fact]
    public void Nothing_is_said_of_what_another_mistake_has_hidden()
    {
        SpaceDefinitionReader.Read(Changed("decisions/0/choices=[8]"), out IReadOnlyList<SpaceFault> faults).ShouldBeNull();
        faults.ShouldHaveSingleItem().Place.ShouldBe("/decisions/0/choices");
    }

    [Theory]
    [InlineData("depth,width,top1,cpu_ms\n8,128,50,10", "has 1 rows; give 12 or more")]
    [InlineData("depth,top1,cpu_ms", "no column width")]
    [InlineData("+8,384,1", "line 15: has 3 fields, and the header 4")]
    [InlineData("+9,384,50,10", "line 15: '9' is no choice of depth; its choices are 8, 10, 12, 14")]
    [InlineData("+14,384,50,10", "line 15: has depth 14 with width 384, which is forbidden")]
    [InlineData("+8,128,50,10", "line 15: has the choices of line 2 again")]
    [InlineData("+8,512,101,10", "line 15: column top1: '101' is not allowed; give a percentage")]
    [InlineData("+8,512,50,0", "line 15: column cpu_ms: '0' is not allowed; give a number of milliseconds over 0")]
    public void A_mistake_in_the_table_is_named_with_its_line(string csv, string message)
    {
        JsonObject vit = Vit();
        vit["table"]!["csv"] = csv.StartsWith('+') ? $"{vit["table"]!["csv"]}{csv[1..]}\n" : csv;
        SpaceDefinitionReader.Read(vit.ToJsonString(), out IReadOnlyList<SpaceFault> faults).ShouldBeNull();
        faults[0].Place.ShouldBe("/table/csv");
        faults.ShouldContain(fault => fault.Message.Contains(message, StringComparison.Ordinal));
    }

    /// <summary>A change <c>path=json</c> of the good definition, with - to take a member away; JSON itself instead.</summary>
    private static string Changed(string change)
    {
        if (change.IndexOf('=', StringComparison.Ordinal) is var place && place < 0)
        {
            return change;
        }

        JsonNode root = Vit();
        JsonNode node = root;
        string[] path = change[..place].Split('/');
        foreach (string step in path[..^1])
        {
            node = int.TryParse(step, out int number) ? node[number]! : node[step]!;
        }

        string value = change[(place + 1)..];
        if (node is JsonArray list)
        {
            list[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else if (value == "-")
        {
            node.AsObject().Remove(path[^1]);
        }
        else
        {
            node[path[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }

    /// <summary>Depth x width of a vision transformer, without the two largest.</summary>
    internal static JsonObject Vit()
    {
        int[] depths = [8, 10, 12, 14];
        int[] widths = [128, 192, 256, 384];
        string rows = string.Concat(depths.Index().SelectMany(depth => widths.Index().Select(width => (depth, width)))
            .Where(pair => pair.depth.Item + (pair.width.Item / 64) < 18)
            .Select(
                pair =>
                    $"{pair.depth.Item},{pair.width.Item},{55 + (3 * pair.depth.Index) + (4 * pair.width.Index)},"
                        + $"{10 + (2 * pair.depth.Index) + (10 * pair.width.Index)}\n"));
        return JsonNode.Parse($$"""
            {
              "name": "small-vit",
              "decisions": [
                { "name": "depth", "choices": [8, 10, 12, 14], "complexity": [640, 1152, 1664, 2176] },
                { "name": "width", "choices": ["128", "192", "256", "384", "512"], "complexity": [384, 768, 1152, 1920, 2688] }
              ],
              "forbidden": [{ "depth": 14, "width": "384" }],
              "table": { "csv": "", "accuracies": { "imagenet": "top1" }, "latencies": { "cpu": "cpu_ms" } }
            }
            """)!.AsObject() is var vit && (vit["table"]!["csv"] = "depth,width,top1,cpu_ms\n" + rows) is not null
            ? vit
            : throw new InvalidOperationException();
    }
}
