using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Reports;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Tests.Reports.Html;

public sealed class HtmlReportTests
{
    private const string Svg = "{http://www.w3.org/2000/svg}";

    [Fact]
    public void The_page_is_well_formed_and_has_its_sections()
    {
        XDocument page = Parse(Render(ReportSamples.Content()));
        page.Descendants("h2").Select(heading => heading.Value).ShouldBe(
            ["Accuracy and latency", "Hypervolume by generation", "Proposals", "Pareto front", "Partitions and their heuristics"]);
        page.Descendants("title").First().Value.ShouldStartWith(ReportSamples.RunId);
        page.Descendants("h1").Single().Value.ShouldBe("cifar10 on fpga");
    }

    [Fact]
    public void The_page_asks_for_nothing_and_runs_nothing()
    {
        string html = Render(ReportSamples.Content());
        Regex.Count(html.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal), "https?:|//[a-z]|@import|url\\((?!#)").ShouldBe(0);
        XDocument page = Parse(html);
        page.Descendants().Where(element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object" or "form" or "a").ShouldBeEmpty();
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName is "href" or "src").ShouldBeEmpty();
        page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy")
            .Attribute("content")!.Value.ShouldBe("default-src 'none'; style-src 'unsafe-inline'");
        page.Descendants("style").Single().Value.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public void A_proposer_that_contributed_nothing_is_announced_before_anything_else()
    {
        AnswerTally prose = new(48, [new UnusableAnswers(UnusableKind.Unreadable, 48, "<script>alert(1)</script> & \"so\" on")]);
        XDocument page = Parse(Render(Announced(new RunAnswers(prose))));

        XElement notice = page.Descendants("header").Single().Elements("p").Single(element => Class(element) == "notice");
        notice.Value.ShouldBe(
            "The proposer contributed nothing.\n Plain operators stood in for it: "
            + "48 of 48 answers of the proposer could not be used (48 unreadable), for example: <script>alert(1)</script> & \"so\" on");
        notice.ElementsBeforeSelf().Select(element => Class(element)).ShouldBe(["eyebrow", null, "run"]);
        page.Descendants("dd").First().Value.ShouldBe("azure-openai/gpt-4.1-mini, 48 of 48 answers not usable");
    }

    [Fact]
    public void A_proposer_that_failed_in_one_generation_is_announced_and_a_good_one_is_not()
    {
        AnswerTally good = new(36, []);
        AnswerTally bad = new(12, [new UnusableAnswers(UnusableKind.Truncated, 6, "cut o")]);

        Render(Announced(new RunAnswers(good + bad, 3, bad))).ShouldContain(
            "Plain operators stood in for it: in generation 3, 6 of 12 answers of the proposer could not be used (6 cut off)");
        Render(Announced(new RunAnswers(good))).ShouldNotContain("stood in for it");
    }

    [Fact]
    public void The_key_figures_are_those_of_the_result()
    {
        Dictionary<string, string> figures = FiguresOf(ReportSamples.Content());
        figures["Hypervolume ratio"].ShouldBe("0.9941");
        figures["IGD"].ShouldBe("0.0123");
        figures["Front hit rate"].ShouldBe("43.8 %");
        figures["Labels"].ShouldBe("120");
        figures["Candidates"].ShouldBe("300");
        figures["LLM calls"].ShouldBe("120");
        figures["Tokens"].ShouldBe("164,400");
        figures["Cost"].ShouldBe("USD 0.1140");
    }

    [Fact]
    public void A_model_without_a_price_is_said_to_be_unpriced()
    {
        RunContent content = ReportSamples.Content();
        RunRow run = content.Run with { Price = null, Spent = new ChatUsage(26, 5000, 700, Usd: 0), Unconfirmed = new ChatUsage(2, 900, 300, Usd: 0) };

        FiguresOf(content with { Run = run })["Cost"].ShouldBe("unpriced");
        Render(content with { Run = run }).ShouldContain("2 calls unconfirmed and counted at the most");
    }

    [Fact]
    public void Unconfirmed_calls_stand_beside_the_cost()
    {
        RunContent content = ReportSamples.Content();
        RunRow run = content.Run with { Spent = new ChatUsage(26, 5000, 700, 0.0061), Unconfirmed = new ChatUsage(1, 900, 300, 0.0042) };

        FiguresOf(content with { Run = run })["Cost"].ShouldBe("USD 0.0061");
        Render(content with { Run = run }).ShouldContain("1 call unconfirmed and counted at the most, USD 0.0042");
    }

    [Fact]
    public void The_curve_ends_at_the_key_figure()
    {
        RunContent content = ReportSamples.Content();
        double reached = content.Rounds.Single(round => round is { Partition: RoundRow.WholeRun, Generation: 10 }).Hypervolume!.Value;
        FrontQuality quality = ReportSamples.Quality with { Hypervolume = reached, HypervolumeRatio = 0.9876 };

        XDocument page = Parse(HtmlReport.Render(SearchResultBuilder.Build(content, quality), content, ReportSamples.ExactFront));

        page.Descendants("div").First(div => Class(div) == "figure").Elements("span").ElementAt(1).Value.ShouldBe("0.9876");
        page.Descendants(Svg + "title").Single(title => title.Value.StartsWith("generation 10:", StringComparison.Ordinal)).Value.ShouldBe("generation 10: 0.9876");
    }

    [Fact]
    public void The_predictors_settings_stand_at_the_end_and_not_at_the_head()
    {
        RunContent content = ReportSamples.Content();
        const string Full = "gaussian-process on paths and zero-cost proxies (nwot and synflow of the table that ships, r2-c8; params, flops)";

        XDocument page = Parse(Render(content with { Run = content.Run with { Predictor = Full } }));

        Fact(page, "Predictor").ShouldBe("gaussian-process on paths and zero-cost proxies");
        page.Descendants("details").Single().Elements("p").First().Value.ShouldBe(Full);
        Parse(Render(content)).Descendants("details").ShouldBeEmpty();
    }

    [Fact]
    public void The_facts_say_what_was_used_up_and_fill_their_rows()
    {
        XDocument page = Parse(Render(ReportSamples.Content()));

        Fact(page, "Stop reason").ShouldBe("labels: all 120 are spent");
        Fact(page, "Labels").ShouldBe("validation accuracies; test accuracies were never seen");
        Fact(page, "Started").ShouldBe("2026-03-01 12:00:00 UTC, took 3 min 12 s");
        page.Descendants("dl").First(list => Class(list) == "facts").Elements("div").Count().ShouldBe(8);
    }

    [Fact]
    public void The_legend_says_what_size_and_outline_mean() =>
        Parse(Render(ReportSamples.Content())).Descendants("ul").First(list => Class(list) == "legend").Elements("li").Select(line => line.Value.Trim()).Take(4)
            .ShouldBe(["found front", "exact front by validation accuracy", "large, outlined: on the front", "small, faded: labelled only"]);

    [Theory]
    [InlineData("offline", true)]
    [InlineData("azure-openai/gpt-4.1-mini", false)]
    public void An_offline_proposer_is_flagged(string proposer, bool flagged) =>
        Render(ReportSamples.Content(proposer)).Contains("No language model was asked", StringComparison.Ordinal).ShouldBe(flagged);

    [Fact]
    public void The_last_cross_validation_is_told_where_there_was_one()
    {
        RunContent content = ReportSamples.Content();
        RunContent validated = content with
        {
            Rounds = [.. content.Rounds.Select(round => round is { Partition: RoundRow.WholeRun, Generation: 3 or 4 }
                ? round with { CrossValidation = new CrossValidation(10 * round.Generation, 0.9, 1.5) }
                : round)],
        };

        Render(validated).ShouldContain("each of 40 labels foretold from the others: Spearman 0.900, RMSE 1.50 points");
        Render(content).ShouldNotContain("Cross-validation");
    }

    [Fact]
    public void Every_labelled_architecture_is_drawn_once_and_says_what_it_is()
    {
        RunContent content = ReportSamples.Content();
        XElement plot = Parse(Render(content)).Descendants(Svg + "svg").First(svg => svg.Attribute("aria-label") is not null);
        string[] titles = [.. plot.Descendants(Svg + "title").Select(title => title.Value)];
        titles.Length.ShouldBe(content.Labelled.Count());
        titles.Count(title => title.StartsWith("On the front", StringComparison.Ordinal)).ShouldBe(content.Front!.Points.Count);
        CandidateRow candidate = content.Partitions[3].Labelled.First();
        titles.ShouldContain(title => title.Contains($"#{candidate.Index}", StringComparison.Ordinal) && title.Contains("partition 3", StringComparison.Ordinal));
        // The cell at chance level would squeeze the axis: it is marked at the edge.
        plot.Descendants(Svg + "path").Count(path => Class(path) == "below").ShouldBe(1);
        plot.Descendants(Svg + "path").Single(path => Class(path) == "exact").Attribute("d")!.Value.ShouldStartWith("M");
        plot.Descendants(Svg + "path").Single(path => Class(path) == "found").Attribute("d")!.Value.Count(c => c == 'V').ShouldBe(content.Front.Points.Count - 1);
    }

    [Fact]
    public void The_marks_lie_within_the_drawing()
    {
        XElement plot = Parse(Render(ReportSamples.Content())).Descendants(Svg + "svg").First(svg => svg.Attribute("aria-label") is not null);
        foreach (XElement path in plot.Descendants(Svg + "path").Where(path => path.Element(Svg + "title") is not null))
        {
            string[] start = path.Attribute("d")!.Value[1..].Split(' ', 'a', 'L')[..2];
            double.Parse(start[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(40, 960);
            double.Parse(start[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(0, 460);
        }
    }

    [Theory]
    [InlineData(LabelSources.Validation, "the test accuracy was never seen by the search", "validation accuracy, %")]
    [InlineData(LabelSources.Test, "chosen by test accuracy.", "test accuracy, %")]
    public void Both_accuracies_of_a_point_are_told_with_which_of_them_was_seen(string labelsFrom, string caption, string axis)
    {
        RunContent content = ReportSamples.Content();
        content = content with { Run = content.Run with { Request = content.Run.Request with { LabelsFrom = labelsFrom } } };

        XElement front = Parse(Render(content)).Descendants("table").Last();

        front.Element("caption")!.Value.ShouldContain(caption);
        front.Descendants("th").Select(header => header.Value).Skip(2).Take(2).ShouldBe(["Validation, %", "Test, %"]);
        FrontPoint first = content.Front!.Points[0];
        front.Element("tbody")!.Elements("tr").First().Elements("td").Skip(1).Take(2).Select(cell => cell.Value)
            .ShouldBe([ReportText.Fixed(first.ValidationAccuracy, 2), ReportText.Fixed(first.TestAccuracy, 2)]);
        Render(content).ShouldContain(axis);
    }

    [Fact]
    public void The_ceiling_stands_below_the_measures()
    {
        RunContent content = ReportSamples.Content();
        SearchResult result = SearchResultBuilder.Build(content, ReportSamples.Quality, ReportSamples.Quality with { HypervolumeRatio = 0.4321 });

        HtmlReport.Render(result, content, ReportSamples.ExactFront).ShouldContain("hypervolume ratio 0.4321");
        Render(content).ShouldNotContain("The ceiling, the exact front of the validation accuracies, has");
    }

    [Fact]
    public void Tables_name_their_columns_and_rows()
    {
        XDocument page = Parse(Render(ReportSamples.Content()));
        page.Descendants("table").Count().ShouldBe(2);
        page.Descendants("table").ShouldAllBe(table => table.Element("caption") != null);
        page.Descendants("th").ShouldAllBe(header => header.Attribute("scope") != null);
        page.Descendants(Svg + "svg").ShouldAllBe(svg => svg.Attribute("aria-label") != null || (string?)svg.Attribute("aria-hidden") == "true");
        XElement front = page.Descendants("table").Last();
        front.Element("tbody")!.Elements("tr").Count().ShouldBe(ReportSamples.Content().Front!.Points.Count);
        front.Element("tbody")!.Elements("tr").First().Descendants("code").Single().Value.ShouldBe(ReportSamples.Content().Front!.Points[0].Architecture);
    }

    [Fact]
    public void Refused_proposals_are_counted_by_reason()
    {
        XElement table = Parse(Render(ReportSamples.Content())).Descendants("table").First();
        table.Descendants("tr").Skip(1).Select(row => $"{row.Element("th")!.Value} {row.Element("td")!.Value}")
            .ShouldBe(["taken 1,320", "duplicate 180", "outside-partition 120", "illegal 60"]);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("</style></title><svg onload=alert(1)>")]
    [InlineData("]]> <!-- &lt; &#x3C;b&#x3E; -->")]
    public void Markup_in_any_text_of_others_stays_text(string text)
    {
        XDocument page = Parse(Render(WithTexts(text)));
        page.Descendants().Where(element => element.Name.LocalName is "script" or "img" or "b").ShouldBeEmpty();
        page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
        page.Descendants("bdi").First().Value.ShouldBe(text);
        page.Descendants("dd").Count(fact => fact.Value == text).ShouldBeGreaterThanOrEqualTo(2);
        page.Descendants("p").Single(rule => Class(rule) == "rule").Value.ShouldBe(text);
    }

    [Fact]
    public void Text_that_could_turn_the_page_around_is_made_harmless()
    {
        string html = Render(WithTexts("a\u202Eb\u2066c\u200Fd\0e\u0007f\u2028g\uFEFFh \uD83E end"));
        html.ShouldContain("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg\uFFFDh \uFFFD end");
        Parse(html).Descendants("bdi").First().Value.ShouldStartWith("a\uFFFDb");
    }

    [Fact]
    public void Ordinary_text_of_any_script_stays_as_it_is() =>
        Parse(Render(WithTexts("漢字 العربية ñ 👩‍💻"))).Descendants("bdi").First().Value.ShouldBe("漢字 العربية ñ 👩‍💻");

    [Fact]
    public void Very_long_text_is_cut_and_the_page_stays_small()
    {
        string html = Render(WithTexts(new string('x', 1_000_000)));
        html.Length.ShouldBeLessThan(60_000);
        Parse(html).Descendants("bdi").First().Value.ShouldBe(new string('x', 400) + "…");
    }

    [Fact]
    public void A_run_that_has_only_begun_says_what_is_missing()
    {
        RunContent content = ReportSamples.Content();
        content = content with
        {
            Run = content.Run with { FinishedAt = null, StopReason = null },
            Partitions = [.. content.Partitions.Select(partition => partition with { Candidates = [], HeuristicsByGeneration = [] })],
            Rounds = [],
            Front = null,
        };
        string html = HtmlReport.Render(SearchResultBuilder.Build(content, quality: null), content, []);
        Parse(html);
        html.ShouldContain("No architecture has a label yet.");
        html.ShouldContain("No front has been published yet.");
        html.ShouldContain("There is no hypervolume by generation.");
        html.ShouldContain("The exact front of this data set and device is not known");
        html.ShouldContain("still running");
    }

    [Fact]
    public void A_single_label_is_enough_for_a_plot()
    {
        RunContent content = ReportSamples.Content();
        PartitionContent first = content.Partitions[0];
        content = content with { Partitions = [first with { Candidates = [first.Candidates[0]] }], Front = null };
        string html = HtmlReport.Render(SearchResultBuilder.Build(content, quality: null), content, []);
        Parse(html);
        html.ShouldNotContain("NaN");
        html.ShouldNotContain("Infinity");
    }

    [Fact]
    public void The_same_content_gives_the_same_page() => Render(ReportSamples.Content()).ShouldBe(Render(ReportSamples.Content()));

    private static Dictionary<string, string> FiguresOf(RunContent content) => Parse(Render(content)).Descendants("div").Where(div => Class(div) == "figure")
        .ToDictionary(div => div.Elements("span").First().Value, div => div.Elements("span").ElementAt(1).Value);

    private static RunContent Announced(RunAnswers answers)
    {
        RunContent content = ReportSamples.Content();
        return content with { Rounds = [.. content.Rounds.Select(Announce)] };

        RoundRow Announce(RoundRow round) => round.Partition == RoundRow.WholeRun ? round with { RunAnswers = answers } : round;
    }

    private static string Render(RunContent content) =>
        HtmlReport.Render(SearchResultBuilder.Build(content, ReportSamples.Quality), content, ReportSamples.ExactFront);

    /// <summary>A run in which every text that comes from outside is the given one.</summary>
    private static RunContent WithTexts(string text)
    {
        RunContent content = ReportSamples.Content();
        PartitionContent first = content.Partitions[0];
        first = first with
        {
            Plan = new PartitionPlan(0, text, 5),
            Candidates = [.. first.Candidates.Select(candidate => candidate with { Rationale = text, Origin = text })],
            HeuristicsByGeneration = [first.Heuristics! with { Rules = [new Heuristic(text, text, text, 0.5, text, text)] }],
        };
        return content with
        {
            Run = content.Run with
            {
                Proposer = text,
                Predictor = text,
                StopReason = text,
                Request = content.Run.Request with { Dataset = text, Device = text, PartitionScheme = text },
            },
            Partitions = [first],
            Rounds = [.. content.Rounds.Select(round => round with { Rejected = [new RejectedProposal(text, text, text)] })],
            Front = content.Front! with { Points = [.. content.Front.Points.Select(point => point with { Architecture = text })] },
        };
    }

    private static string Fact(XDocument page, string name) => page.Descendants("dt").Single(term => term.Value == name).ElementsAfterSelf("dd").First().Value;

    private static string? Class(XElement element) => (string?)element.Attribute("class");

    private static XDocument Parse(string html)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
