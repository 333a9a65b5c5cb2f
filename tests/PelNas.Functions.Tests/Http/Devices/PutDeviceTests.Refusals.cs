using PelNas.Shared.Devices.Uploads;

namespace PelNas.Functions.Tests.Http.Devices;

/// <summary>About what is refused.</summary>
public sealed partial class PutDeviceTests
{
    [Fact]
    public async Task A_refused_upload_stores_nothing()
    {
        await PutAsync("refused-board?dataset=cifar10", Csv("index,latency_ms\n1,1\n2,2\n3,3\n4,4\n5,fast\n6,6\n"));
        await App.ShouldNotFindAsync("devices/refused-board");
    }

    [Theory]
    [InlineData("My-Board")]
    [InlineData("-board")]
    [InlineData("board%20one")]
    [InlineData("abcdefghijabcdefghijabcdefghijab")]
    public async Task A_name_that_is_not_allowed_is_refused(string name)
        => (await (await PutAsync(name + "?dataset=cifar10", Csv(Table(1)))).ShouldBlameAsync("name")).ShouldContain("1 to 31");

    [Theory]
    [InlineData("fpga")]
    [InlineData("edgegpu")]
    [InlineData("1080ti_1")]
    public async Task A_device_that_ships_cannot_be_replaced(string name)
        => await (await PutAsync(name + "?dataset=cifar10", Csv(Table(1))))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);

    [Fact]
    public async Task Bad_rows_are_named_by_their_lines_up_to_twenty()
    {
        Problem problem = await RefusedAsync(Csv($"{MeasurementCsv.Header}\n0,fast\n" + string.Concat(Enumerable.Repeat("x,1\n", 50))));
        problem.Errors!.Count.ShouldBe(21);
        problem.Errors["line 2"].ShouldBe(["latency_ms 'fast' is not a number"]);
        problem.Errors["latencies"].ShouldBe(["31 more rows are wrong"]);
    }

    [Theory]
    [InlineData("""{"index":0}""", "needs latencyMs")]
    [InlineData("""{"index":0,"latencyMs":"1"}""", "needs latencyMs")]
    [InlineData("""{"latencyMs":1}""", "either index or architecture")]
    [InlineData("""{"index":0,"architecture":"x","latencyMs":1}""", "either index or architecture")]
    [InlineData("""{"index":0.5,"latencyMs":1}""", "index: '0.5' is no architecture")]
    [InlineData("""{"architecture":null,"latencyMs":1}""", "architecture: '' is no architecture")]
    [InlineData("""{"architecture":"|nor|","latencyMs":1}""", "")]
    [InlineData("""{"index":0,"latencyMs":0}""", "is not a number over 0")]
    [InlineData("""{"index":0,"latencyMs":1,"unit":"s"}""", "unknown field 'unit'")]
    [InlineData("17", "must be an object")]
    [InlineData("""{"index":0,"latencyMs":1,"latencyUs":1000}""", "not several")]
    [InlineData("""{"index":0,"latencyMs":1,"failed":true}""", "not several")]
    [InlineData("""{"index":0,"failed":false}""", "failed must be true")]
    [InlineData("""{"index":0,"latencyS":90000}""", "more than a day")]
    public async Task A_bad_row_of_JSON_is_named(string row, string message)
    {
        Problem problem = await RefusedAsync(HttpAnswers.Json($$"""{"dataset":"cifar10","latencies":[{{row}}]}"""));
        problem.Errors!["latencies[0]"].ShouldHaveSingleItem().ShouldContain(message);
    }

    [Theory]
    [InlineData("""{"dataset":"no/name","latencies":[]}""", "dataset")]
    [InlineData("""{"latencies":[]}""", "dataset")]
    [InlineData("""{"dataset":"cifar10"}""", "latencies")]
    [InlineData("""{"dataset":"cifar10","latencies":{}}""", "latencies")]
    [InlineData("""{"dataset":"cifar10","latencies":[],"unit":"s"}""", "unit")]
    public async Task A_bad_field_of_JSON_is_named(string body, string field)
        => (await RefusedAsync(HttpAnswers.Json(body))).Errors!.Keys.ShouldContain(field);

    [Fact]
    public async Task CSV_needs_its_header_and_a_data_set()
    {
        (await RefusedAsync(Csv("0,1\n1,2\n"))).Errors!["line 1"][0].ShouldContain("index or architecture");
        Problem problem = await (await PutAsync("board", Csv(Table(1))))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        problem.Errors!.Keys.ShouldBe(["dataset"]);
    }

    [Fact]
    public async Task A_body_over_8_MiB_is_refused()
    {
        string body = new('1', (8 * 1024 * 1024) + 1);
        await (await PutAsync("board?dataset=cifar10", Csv(body)))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, ProblemCodes.BodyTooLarge);
    }

    [Fact]
    public async Task Other_content_types_and_broken_JSON_are_refused()
    {
        HttpResponseMessage text = await PutAsync("board", new StringContent(Table(1)));
        (await text.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, ProblemCodes.UnsupportedMediaType))
            .Detail.ShouldContain("text/csv");
        HttpResponseMessage half = await PutAsync(
            "board", HttpAnswers.Json("""{"dataset":"cifar10","latencies":[{"architecture":"\ud800","latencyMs":1}]}"""));
        (await half.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.MalformedJson))
            .Detail.ShouldContain("half of a surrogate pair");
        HttpResponseMessage broken = await PutAsync("board", HttpAnswers.Json("{\"dataset\":"));
        (await broken.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.MalformedJson)).Detail.ShouldContain("at line 1");
    }

    private async Task<Problem> RefusedAsync(HttpContent content)
        => await (await PutAsync("refused?dataset=cifar10", content))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
}
