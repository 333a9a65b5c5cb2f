namespace PelNas.Functions.Tests.Http;

public sealed class UnknownParametersTests(SharedApp shared)
{
    [Fact]
    public async Task Every_route_refuses_a_parameter_that_it_does_not_read_and_takes_a_function_key()
    {
        foreach (RouteSample sample in RouteSamples.All.Where(sample => !sample.Operation.StartsWith("DELETE", StringComparison.Ordinal)))
        {
            string address = sample.Address + (sample.Address.Contains('?', StringComparison.Ordinal) ? "&" : "?");
            using HttpResponseMessage refused = await shared.App.SendAsync(
                sample with { Address = address + "maxLatencyms2=NaN" }, shared.Ended);
            (await refused.ShouldBlameAsync("maxLatencyms2")).ShouldContain("is not a parameter of this request");
        }

        using HttpResponseMessage withKey = await shared.App.GetAsync($"searches/{shared.Ended}?code=abc");
        ((int)withKey.StatusCode).ShouldBe(200);
    }
}
