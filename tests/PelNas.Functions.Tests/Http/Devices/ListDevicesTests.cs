namespace PelNas.Functions.Tests.Http.Devices;

public sealed class ListDevicesTests(SharedApp shared)
{
    [Fact]
    public async Task Devices_are_listed_with_data_sets_unit_and_source()
    {
        JsonElement list = await shared.App.GetJsonAsync("devices");
        list.GetProperty("unit").GetString().ShouldBe("ms");
        list.GetProperty("datasets").EnumerateArray().Select(dataset => dataset.GetString())
            .ShouldBe(["cifar10", "cifar100", "imagenet16-120"]);
        JsonElement fpga = list.GetProperty("devices").EnumerateArray().Single(device => device.GetProperty("name").GetString() == "fpga");
        fpga.GetProperty("latencySource").GetString().ShouldBe("estimated");
        fpga.GetProperty("source").GetString()!.ShouldContain("HW-NAS-Bench");
        fpga.GetProperty("datasets").GetArrayLength().ShouldBe(3);
        fpga.GetProperty("infeasible").GetInt32().ShouldBe(0);
        list.GetProperty("devices").EnumerateArray().Single(device => device.GetProperty("name").GetString() == "edgetpu")
            .GetProperty("infeasible").GetInt32().ShouldBe(4_699);
    }
}
