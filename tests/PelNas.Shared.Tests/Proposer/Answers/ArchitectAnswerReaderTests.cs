using System.Text.RegularExpressions;

namespace PelNas.Shared.Tests.Proposer.Answers;

public sealed partial class ArchitectAnswerReaderTests
{
    private const string Cell = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|";
    private const string Item = $$"""{"architecture":"{{Cell}}","origin":"crossover","parents":["{{Cell}}"],"rationale":"why not"}""";

    private const string Other = "|none~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_3x3~0|none~1|skip_connect~2|";
    private const string Example = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|nor_conv_1x1~2|";

    private readonly ArchitectAnswerReader _reader = new(StepHarness.Tables.Space);

    public static TheoryData<string> Wrappings => new(
        $$"""{"architectures":[{{Item}}]}""",
        $$"""```json{{"\n"}}{"architectures": [{{Item}}]}{{"\n"}}```""",
        $$"""Sure! Here are [some] ideas: {"architectures":[{{Item}}]} I hope they help.""",
        $$"""{"architectures":[{{Item}},],}""",
        $$"""{"ARCHITECTURES" : [ {{Item}} ] }""",
        $$"""[{{Item}}]""",
        $$"""{"architectures":[ // mine{{"\n"}} {{Item}} ]}""",
        $$"""{"note":"\"architectures\" follow","architectures":[{{Item}}]}""",
        $$"""{"architectures":[{{Item}},{"architecture":"|nor_conv""",
        "{\"architectures\":[{\"Architecture\":\"" + Cell + "\",\"ORIGIN\":\"crossover\",\"Parents\":[\"" + Cell
            + "\"],\"Rationale\":\"why not\"}]}");

    public static TheoryData<string> Notations => new(
        JsonSerializer.Serialize(Cell),
        JsonSerializer.Serialize(Cell.ToUpperInvariant()),
        "\"| NOR_conv_3x3~0 | + | none~0 | skip-connect~1 | + | skip_connect~0 | avg_pool_3x3~1 | nor_conv_1x1~2 |\"",
        "\"nor_conv_3x3~0, none~0, skip_connect~1, skip_connect~0, avg_pool_3x3~1, nor_conv_1x1~2\"",
        """["nor_conv_3x3","none","skip_connect","skip_connect","avg_pool_3x3","nor_conv_1x1"]""",
        """["conv3x3","zero","skip","identity","AvgPool3x3","conv_1x1"]""",
        """{"0->1":"nor_conv_3x3","0->2":"none","1->2":"skip_connect","0->3":"skip_connect","1->3":"avg_pool_3x3","2->3":"nor_conv_1x1"}""",
        """{"2->3":"nor_conv_1x1","1->3":"avg_pool_3x3","0->3":"skip_connect","1->2":"skip_connect","0->2":"none","0->1":"nor_conv_3x3"}""",
        """[{"edge":"0->1","operation":"nor_conv_3x3"},{"edge":"0->2","operation":"none"},{"edge":"1->2","operation":"skip_connect"},{"edge":"0->3","operation":"skip_connect"},{"edge":"1->3","operation":"avg_pool_3x3"},{"edge":"2->3","operation":"nor_conv_1x1"}]""",
        "\"0->1: nor_conv_3x3; 0->2: none; 1->2: skip_connect; 0->3: skip_connect; 1->3: avg_pool_3x3; 2->3: nor_conv_1x1\"",
        """[{"from":0,"to":1,"op":"nor_conv_3x3"},{"from":0,"to":2,"op":"none"},{"from":1,"to":2,"op":"skip_connect"},{"from":0,"to":3,"op":"skip_connect"},{"from":1,"to":3,"op":"avg_pool_3x3"},{"from":2,"to":3,"op":"nor_conv_1x1"}]""",
        """[{"source":"2","target":"3","operation":"nor_conv_1x1"},{"source":0,"target":1,"operation":"nor_conv_3x3"},{"source":0,"target":2,"operation":"none"},{"source":1,"target":2,"operation":"skip_connect"},{"source":0,"target":3,"operation":"skip_connect"},{"source":1,"target":3,"operation":"avg_pool_3x3"}]""",
        """[[0,1,"nor_conv_3x3"],[0,2,"none"],[1,2,"skip_connect"],[0,3,"skip_connect"],[1,3,"avg_pool_3x3"],[2,3,"nor_conv_1x1"]]""",
        """[[[0,1],"nor_conv_3x3"],[[0,2],"none"],[[1,2],"skip_connect"],[[0,3],"skip_connect"],[[1,3],"avg_pool_3x3"],[[2,3],"nor_conv_1x1"]]""",
        """{"edges":[{"edge":[0,1],"op":"nor_conv_3x3"},{"edge":[0,2],"op":"none"},{"edge":[1,2],"op":"skip_connect"},{"edge":[0,3],"op":"skip_connect"},{"edge":[1,3],"op":"avg_pool_3x3"},{"edge":[2,3],"op":"nor_conv_1x1"}]}""",
        """[[["nor_conv_3x3",0]],[["none",0],["skip_connect",1]],[["skip_connect",0],["avg_pool_3x3",1],["nor_conv_1x1",2]]]""",
        "\"((('nor_conv_3x3', 0),), (('none', 0), ('skip_connect', 1)), (('skip_connect', 0), ('avg_pool_3x3', 1), ('nor_conv_1x1', 2)))\"",
        "\"(0,1): nor_conv_3x3, (0,2): none, (1,2): skip_connect, (0,3): skip_connect, (1,3): avg_pool_3x3, (2,3): nor_conv_1x1\"");

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void What_stands_around_the_list_does_not_matter(string text)
    {
        (ArchitectAnswer? answer, _) = _reader.Read(text);

        Proposal proposal = answer!.Architectures.ShouldHaveSingleItem();
        proposal.Architecture.ShouldBe(Cell);
        proposal.Origin.ShouldBe("crossover");
        proposal.Parents.ShouldBe([Cell]);
        proposal.Rationale.ShouldBe("why not");
    }

    [Theory]
    [MemberData(nameof(Notations))]
    public void Other_notations_of_a_cell_are_read(string notation)
    {
        (ArchitectAnswer? answer, string? problem) = _reader.Read("{\"architectures\":[{\"architecture\":" + notation + "}]}");

        problem.ShouldBeNull();
        answer!.Architectures.ShouldHaveSingleItem().Architecture.ShouldBe(Cell);
    }

    [Theory]
    [InlineData("[CELL,CELL]")]
    [InlineData("Here they are: [ CELL, CELL ] Have fun.")]
    [InlineData("{\"architectures\":[CELL,CELL]}")]
    [InlineData("{\"architectures\":[LIST,LIST]}")]
    [InlineData("[LIST,LIST]")]
    public void A_list_of_cells_with_nothing_around_each_is_read(string text)
    {
        string answer = text.Replace("CELL", $"\"{Cell}\"", StringComparison.Ordinal)
            .Replace("LIST", """["nor_conv_3x3","none","skip_connect","skip_connect","avg_pool_3x3","nor_conv_1x1"]""",
                StringComparison.Ordinal);

        _reader.Read(answer).Answer!.Architectures.Select(proposal => proposal.Architecture).ShouldBe([Cell, Cell]);
    }

    [Theory]
    [InlineData("[[0,1,\"none\"],[0,1,\"none\"],[1,2,\"none\"],[0,3,\"none\"],[1,3,\"none\"],[2,3,\"none\"]]")]
    [InlineData("[{\"from\":1,\"to\":0,\"op\":\"none\"}]")]
    [InlineData("\"0->1: nor_conv_3x3\"")]
    [InlineData("\"0->1: none; 0->1: none; 1->2: none; 0->3: none; 1->3: none; 2->3: none\"")]
    [InlineData("[\"conv_5x5\",\"none\",\"none\",\"none\",\"none\",\"none\"]")]
    [InlineData("[\"none\",\"none\",\"none\"]")]
    [InlineData("5")]
    [InlineData("\"|\\u0455kip_connect~0|+|none~0|none~1|+|none~0|none~1|none~2|\"")]
    [InlineData("\"\\ud800\"")]
    public void Nothing_is_guessed(string notation)
    {
        (ArchitectAnswer? answer, _) = _reader.Read("{\"architectures\":[{\"architecture\":" + notation + "}]}");

        StepHarness.Tables.Space.TryParse(answer!.Architectures.ShouldHaveSingleItem().Architecture, out _, out string? error)
            .ShouldBeFalse();
        error.ShouldNotBeNull();
    }

    [Fact]
    public void Choices_without_their_decisions_are_no_architecture_and_an_object_of_both_is()
    {
        Decision[] decisions = [new("activation", ["relu", "swish"]), new("stem", ["narrow", "wide"])];
        ArchitectAnswerReader reader = new(new TableSpace(
            "two", decisions, [[0, 0], [1, 1]], new SpaceCosts(null, null, [1, 2], "units")));

        reader.Read("""{"architectures":[["swish","wide"]]}""").Answer.ShouldBeNull();
        reader.Read("""{"architectures":[{"architecture":{"activation":"swish","stem":"wide"}}]}""")
            .Answer.ShouldNotBeNull().Architectures.ShouldHaveSingleItem().Architecture.ShouldBe("activation=swish;stem=wide");
    }

    [Theory]
    [InlineData("", "holds no JSON list")]
    [InlineData("null", "holds no JSON list")]
    [InlineData("I cannot help with that.", "holds no JSON list")]
    [InlineData("{\"architectures\":5}", "holds no JSON list")]
    [InlineData("{\"architectures\":[]}", "is empty")]
    [InlineData("{\"architectures\":[{\"architecture\":\"|no", "breaks off after 0 items")]
    [InlineData("{\"architectures\":[{:}]}", "no item of the list 'architectures' can be read")]
    public void What_cannot_be_read_says_why(string text, string problem)
    {
        (ArchitectAnswer? answer, string? said) = _reader.Read(text);

        answer.ShouldBeNull();
        said.ShouldNotBeNull().ShouldContain(problem);
    }

    [Fact]
    public void Architectures_named_in_words_are_taken()
    {
        Reading<ArchitectAnswer> reading = _reader.Read(
            $"I propose two cells:\n1. {Cell} - it fills the gap\n2. `{Other}`, and once more {Cell}. Not "
                + "|none~0|+|none~0|conv_7x7~1|+|none~0|none~1|none~2|.");

        reading.Answer!.Architectures.Select(proposal => proposal.Architecture).ShouldBe([Cell, Other]);
        reading.Problem.ShouldNotBeNull().ShouldEndWith("its words name 2");
        reading.Unusable.ShouldBeNull();
    }

    [Theory]
    [InlineData(
        "| 1 | \\|nor\\_conv\\_3x3~0\\|+\\|none~0\\|skip\\_connect~1\\|+\\|skip\\_connect~0\\|avg\\_pool\\_3x3~1\\|nor\\_conv\\_1x1~2\\| | fast |")]
    [InlineData(
        "The format is {\"architectures\":[{\"architecture\":\"|op~0|+|op~0|op~1|+|op~0|op~1|op~2|\",\"parents\":[\"OTHER\"]}]}, so: CELL")]
    [InlineData("{\"architectures\":[{\"rationale\":\"CELL is best\"},")]
    public void Words_count_where_no_list_does(string text) => Cells(text).ShouldBe([Cell]);

    [Fact]
    public void The_example_of_the_prompt_is_never_proposed()
    {
        string quoted = PromptTemplate.Architect.System.Split('\n')
            .First(line => line.StartsWith("{\"architectures\"", StringComparison.Ordinal));

        // The line is the example, in a list or in words, whatever stands around it; the same cell for a reason of its own is a proposal.
        Cells($"You want {quoted}").ShouldBeEmpty();
        Cells($"You want {quoted} Here: {{\"architectures\":[{Item}]}}").ShouldBe([Cell]);
        Cells($"For example {Example}, but I propose {Cell}.").ShouldBe([Cell]);
        Cells($$"""{"architectures":["{{Example}}","{{Cell}}"]}""").ShouldBe([Cell]);
        Cells($$"""{"architectures":[{"architecture":"{{Example}}","rationale":"It fills the gap."}]}""").ShouldBe([Example]);
    }

    [Theory]
    [InlineData("{\"architecture_code\":[\"nor_conv_3x3\",\"none\",\"skip_connect\",\"skip_connect\",\"avg_pool_3x3\",\"nor_conv_1x1\"]}")]
    [InlineData(
        "{\"architecture_code\":[\"|nor_conv_3x3~0|\",\"|none~0|skip_connect~1|\",\"|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|\"]}")]
    [InlineData("{\"Cell\":\"CELL\",\"parents\":[\"OTHER\"]}")]
    [InlineData("{\"id\":1,\"proposal\":\"CELL\",\"parent\":\"OTHER\"}")]
    [InlineData("{\"architecture\":{\"cell\":\"CELL\"}}")]
    [InlineData(
        "{\"architecture\":\"| NOR_CONV_3x3 ~ 0 | + | none~0 | skip connect~1 | + | skip_connect~0 | avg_pool_3x3~1 | "
            + "nor_conv_1x1~2 |.\"}")]
    [InlineData(
        "{\"architecture\":\"&#124;nor_conv_3x3~0&#124;+&#124;none~0&#124;skip_connect~1&#124;+&#124;skip_connect~0&#124;avg_pool_3x3~1&#124;nor_conv_1x1~2&#124;\"}")]
    [InlineData("{\"architecture:\"CELL\",\"origin\":\"mutation\"}")]
    [InlineData("{\"architecture\":\"CELL,\"origin\":\"mutation\"}")]
    [InlineData(
        "{architecture: |nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|, valid: True, score: NaN}")]
    public void An_item_is_read_whatever_its_members_are_called(string item)
    {
        Cells($$"""{"architectures":[{{item}}]}""").ShouldBe([Cell]);
        Cells($"{{\"architectures\":[{item},{item}]}}").ShouldBe([Cell, Cell]);
        Cells($"[{item}]").ShouldBe([Cell]);
    }

    [Theory]
    [InlineData("{\"architectures\":[]} {\"architectures\":[I]}")]
    [InlineData("{\"architectures\":[I]} {\"architectures\":[]}")]
    [InlineData("{\"architectures\":[O]} {\"architectures\":[I]}")]
    [InlineData("{\"architectures\":[I,I]} {\"architectures\":[O]}", 2)]
    [InlineData("{\"architectures\":[O]}\n[I,I]", 2)]
    [InlineData("{\"avoid\":[\"OTHER\",\"OTHER\"],\"parents\":[O,O],\"architectures\":[I]}")]
    [InlineData("{\"prompt\":\"architect.v5\",\"space\":{},\"tried\":[O,O,O]} {\"architectures\":[I]}")]
    [InlineData("{\"architectures\":[I],\"rejected\":[O,O]}")]
    [InlineData("{\"architectures\":I}")]
    [InlineData("{\"architectures\":[\"CELL\"]}")]
    [InlineData("{\"architectures\":[I,{\"architecture\":\"OTHER\",\"rationale\":\"cut of")]
    [InlineData("I\nI\nI", 3)]
    [InlineData("I,I", 2)]
    public void The_last_and_fullest_list_counts(string text, int count = 1) => Cells(text).ShouldBe(Enumerable.Repeat(Cell, count));

    [Theory]
    [InlineData("<think>{\"architectures\":[I,I]}")]
    [InlineData("<think>CELL")]
    [InlineData("I think CELL</think>")]
    [InlineData("<thinking>I</thinking>Done.")]
    public void Thoughts_never_count(string text)
    {
        Reading<ArchitectAnswer> reading = _reader.Read(Filled(text));

        reading.Answer.ShouldBeNull();
        reading.Visible.ShouldNotContain(Cell);
    }

    [Theory]
    [InlineData("", UnusableKind.Empty)]
    [InlineData(" \n", UnusableKind.Empty)]
    [InlineData("<think>So many", UnusableKind.Empty)]
    [InlineData("{}", UnusableKind.Unreadable)]
    [InlineData("null", UnusableKind.Unreadable)]
    [InlineData("Convolutions are nice.", UnusableKind.Unreadable)]
    [InlineData("You want {\"architectures\":[]} but why?", UnusableKind.Unreadable)]
    [InlineData("```json\n{\"architectures\":[]}\n```", UnusableKind.EmptyList)]
    [InlineData("I'm sorry, but I cannot help with that.", UnusableKind.Refusal)]
    [InlineData("As an AI I can't design networks. {\"architectures\":[]}", UnusableKind.Refusal)]
    [InlineData("{\"architectures\":[{\"architecture\":\"|no", UnusableKind.Truncated)]
    public void What_cannot_be_read_is_told_apart(string text, UnusableKind kind)
        => _reader.Read(text)
            .ShouldSatisfyAllConditions(reading => reading.Answer.ShouldBeNull(), reading => reading.Unusable.ShouldBe(kind));

    private string[] Cells(string text)
        => [.. (_reader.Read(Filled(text)).Answer?.Architectures ?? []).Select(proposal => proposal.Architecture)
            .Where(text => StepHarness.Tables.Space.TryParse(text, out _, out _))];

    private static string Filled(string text) => Placeholder().Replace(text, placeholder => placeholder.Value switch
    {
        "CELL" => Cell,
        "OTHER" => Other,
        "O" => Item.Replace(Cell, Other, StringComparison.Ordinal),
        _ => Item,
    });

    // An item alone between the signs of JSON, or a cell.
    [GeneratedRegex(@"CELL|OTHER|(?<=[\[,:>\n]|^)[IO](?=[\],}<\n]|$)")]
    private static partial Regex Placeholder();
}
