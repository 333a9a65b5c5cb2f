using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PelNas.Cli.Tests.Commands;

/// <summary>Runs of the command line and of the API by one verb.</summary>
public sealed class RunsTests : PelnasTest
{
    [Fact]
    public async Task A_run_of_the_command_line_is_listed_shown_compared_reported_and_deleted()
    {
        string first = await SearchAsync("first", "6");
        string second = await SearchAsync("second", "8");

        (await RunsAsync("list")).Output.ShouldContain(second);
        JsonNode shown = JsonNode.Parse((await RunsAsync("show", first, "--json")).Output)!;
        JsonNode.DeepEquals(shown, ResultDocument.Read(Pelnas.In("first"))).ShouldBeTrue();
        shown["labels"]!.AsArray().Count.ShouldBe(6);
        (await RunsAsync("show", first)).Output.ShouldContain("cifar10:fpga");
        string compared = (await RunsAsync("compare", first, second)).Output;
        compared.ShouldContain("not alike: label budget 6 / 8");
        compared.ShouldNotContain("not alike: device");
        await RunsAsync("report", first, "--output", Pelnas.In("again"));
        (await File.ReadAllTextAsync(Path.Combine(Pelnas.In("again"), "report.html"), Cancellation))
            .ShouldBe(await File.ReadAllTextAsync(Path.Combine(Pelnas.In("first"), "report.html"), Cancellation));

        // As of a run that an import or an app brought.
        Directory.GetFiles(Path.Combine(Pelnas.Data, "searches"), $"{second}*").ShouldNotBeEmpty();
        Array.ForEach(Directory.GetFiles(Path.Combine(Pelnas.Data, "searches"), $"{second}*"), File.Delete);
        Finished resumed = await Pelnas.SearchAsync("third", "--resume", second);
        resumed.ShouldFail(
            1, $"The run {second} has ended, and 'pelnas search' has not made it: pelnas runs report {second} writes its result.");

        await RunsAsync("delete", first);
        (await RunsAsync("list")).Output.ShouldNotContain(first);
        Directory.GetFiles(Path.Combine(Pelnas.Data, "searches"), $"{first}*").ShouldBeEmpty();
        (await Pelnas.RunAsync("runs", "show", first, "--data", Pelnas.Data)).ShouldFail(1, $"There is no run '{first}'");
    }

    [Fact]
    public async Task The_runs_of_an_app_are_reached_by_its_address()
    {
        string run = await SearchAsync("first", "6");
        await using Server server = Pelnas.Serve();
        await server.ListenAsync();
        Pelnas.Environment["PELNAS_API_KEY"] = server.Key;
        string api = server.Api.ToString();

        (await Pelnas.RunAsync("runs", "list", "--api", api)).Output.ShouldContain(run);
        Finished shown = await Pelnas.RunAsync("runs", "show", run, "--json", "--api", api);
        JsonNode.DeepEquals(JsonNode.Parse(shown.Output), ResultDocument.Read(Pelnas.In("first"))).ShouldBeTrue(shown.Errors);
        (await Pelnas.RunAsync("runs", "delete", run, "--api", api)).Output.ShouldBe($"deleted {run}\n");
        (await Pelnas.RunAsync("runs", "show", run, "--api", api)).Errors.ShouldContain($"There is no run '{run}'");
        Pelnas.Environment["PELNAS_API_KEY"] = "";
        (await Pelnas.RunAsync("runs", "list", "--api", api)).Errors.ShouldContain("set PELNAS_API_KEY");
    }

    [Theory]
    [InlineData(200, "<html></html>", "does not answer as this API does; give --api the address that ends in /api.")]
    [InlineData(404, """{"type":"urn:pelnas:problem:not-yet","title":"Not there yet","status":404,"detail":"Ask later."}""", "Ask later.")]
    public async Task What_an_address_answers_otherwise_is_told_in_one_line(int status, string text, string told)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        app.Run(context => Results.Text(text, statusCode: status).ExecuteAsync(context));
        await app.StartAsync(Cancellation);

        (await Pelnas.RunAsync("runs", "show", "20260101-120000-1a2b3c4d", "--api", app.Urls.First())).ShouldBeRefused(told, exitCode: 1);
    }

    [Theory]
    [InlineData("runs list --api http://example.org/api", "http on this machine only")]
    [InlineData("runs list --api https://example.org/api --data x", "--data cannot be given with --api")]
    [InlineData("runs show nonsense --data x", "--data: there is no store")]
    [InlineData("runs list --top 0", "--top: 0 is not allowed; give a whole number from 1 to 200")]
    public async Task Bad_usage_is_refused(string arguments, string problem)
    {
        (await Pelnas.RunAsync(arguments.Split(' '))).ShouldFail(2, problem);
    }

    private async Task<string> SearchAsync(string output, string labels)
    {
        Finished finished = await Pelnas.SearchAsync(
            output, "--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", labels);
        finished.ShouldSucceed();
        return finished.RunId;
    }

    private async Task<Finished> RunsAsync(params string[] arguments)
    {
        Finished finished = (await Pelnas.RunAsync(["runs", .. arguments, "--data", Pelnas.Data])).ShouldSucceed();
        return finished;
    }
}
