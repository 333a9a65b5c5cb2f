using PelNas.Functions.Tests.Support;

namespace PelNas.Functions.Tests.Orchestrations;

public sealed class RepeatedDeliveryTests
{
    [Fact]
    public async Task Activities_that_are_delivered_twice_leave_the_same_store()
    {
        (string once, SearchAppSettings first) = await RunAsync(deliverTwice: false);
        (string twice, SearchAppSettings second) = await RunAsync(deliverTwice: true);

        twice.ShouldBe(once);
        second.Oracle.Paid.ShouldBe(first.Oracle.Paid, ignoreOrder: true);
        second.Calls.ShouldBe(first.Calls, ignoreOrder: true);
    }

    private static async Task<(string Store, SearchAppSettings Settings)> RunAsync(bool deliverTwice)
    {
        using TemporaryFolder folder = new();
        SearchAppSettings settings = new(folder.Path) { DeliverTwice = deliverTwice };
        await using (SearchApp app = await SearchApp.StartAsync(settings))
        {
            await app.RunAsync(SearchApp.SmallSearch());
        }

        return (StoreDump.Read(settings.StorePath), settings);
    }
}
