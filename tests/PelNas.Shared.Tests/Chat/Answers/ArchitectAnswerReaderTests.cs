using System.Text;
using System.Text.Json;
using PelNas.Shared.Chat;
using PelNas.Shared.Chat.Answers;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Chat.Answers;

public sealed class ArchitectAnswerReaderTests
{
    private const string Cell = "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|";
    private const string Item = $$"""{"architecture":"{{Cell}}","origin":"crossover","parents":["{{Cell}}"],"rationale":"why not"}""";

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
        "{\"architectures\":[{\"Architecture\":\"" + Cell + "\",\"ORIGIN\":\"crossover\",\"Parents\":[\"" + Cell + "\"],\"Rationale\":\"why not\"}]}");

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
        "\"0 --nor_conv_3x3--> 1, 0 --none--> 2, 1 --skip_connect--> 2, 0 --skip_connect--> 3, 1 --avg_pool_3x3--> 3, 2 --nor_conv_1x1--> 3\"",
        "\"0 -[nor_conv_3x3]-> 1; 0 -[none]-> 2; 1 -[skip_connect]-> 2; 0 -[skip_connect]-> 3; 1 -[avg_pool_3x3]-> 3; 2 -[nor_conv_1x1]-> 3\"",
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
            .Replace("LIST", """["nor_conv_3x3","none","skip_connect","skip_connect","avg_pool_3x3","nor_conv_1x1"]""", StringComparison.Ordinal);

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
    [InlineData("null")]
    [InlineData("\"|\\u0455kip_connect~0|+|none~0|none~1|+|none~0|none~1|none~2|\"")]
    [InlineData("\"\\ud800\"")]
    public void Nothing_is_guessed(string notation)
    {
        (ArchitectAnswer? answer, _) = _reader.Read("{\"architectures\":[{\"architecture\":" + notation + "}]}");

        StepHarness.Tables.Space.TryParse(answer!.Architectures.ShouldHaveSingleItem().Architecture, out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "holds no JSON list")]
    [InlineData("null", "holds no JSON list")]
    [InlineData("I cannot help with that.", "holds no JSON list")]
    [InlineData("{\"architectures\":5}", "holds no JSON list")]
    [InlineData("{\"architectures\":[]}", "is empty")]
    [InlineData("{\"architectures\":[{\"architecture\":\"|no", "breaks off after 0 items")]
    [InlineData("{\"architectures\":[{:}]}", "not JSON")]
    public void What_cannot_be_read_says_why(string text, string problem)
    {
        (ArchitectAnswer? answer, string? said) = _reader.Read(text);

        answer.ShouldBeNull();
        said.ShouldNotBeNull().ShouldContain(problem);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("\"architectures\":")]
    [InlineData("x")]
    public void Megabytes_of_nonsense_are_no_exception_and_no_more_than_a_list(string piece)
    {
        StringBuilder text = new("{\"architectures\":[");
        while (text.Length < 1_000_000)
        {
            text.Append(piece);
        }

        (_reader.Read(text.ToString()).Answer?.Architectures.Count ?? 0).ShouldBeLessThanOrEqualTo(256);
    }
}
