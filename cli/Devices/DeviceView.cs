using PelNas.Cli.Commands;
using PelNas.Functions.Http.Devices;

namespace PelNas.Cli.Devices;

/// <summary>Says what is stored of a device.</summary>
internal static class DeviceView
{
    public static void Write(DeviceTable table, bool json)
    {
        StoredDeviceTable stored = StoredDeviceTable.Of(table);
        Verbs.Write(json, stored, () => Write(stored));
    }

    private static void Write(StoredDeviceTable info)
    {
        Console.Out.WriteLine($"device {info.Device} for {info.Dataset}: {Describe(info)}");
        if (info.Setup is { } setup)
        {
            string threads = setup.Threads == 1 ? "1 thread" : $"{setup.Threads} threads";
            Console.Out.WriteLine(
                $"measured on {setup.Machine}, {setup.Runtime}, {threads}, {setup.MeasuredAt.ToString("u", CultureInfo.InvariantCulture)}");
        }

        foreach (string warning in new[] { info.Warning, info.Validation?.Warning }.OfType<string>())
        {
            Console.Error.WriteLine($"pelnas: warning: {warning}");
        }

        Console.Out.WriteLine($"search on it: pelnas search --dataset {info.Dataset} --device {info.Device}");
    }

    private static string Describe(StoredDeviceTable info)
    {
        string failed = info.Infeasible == 0 ? "" : $", {info.Infeasible} of which do not run";
        return info.Validation is { } validation
            ? $"{info.Measured} cells measured{failed}, the others predicted; each measured cell predicted from the others: rank "
                + $"correlation {validation.Spearman:0.000}, median error {validation.RelativeError:0.0 %}"
            : $"a full table{failed}";
    }
}
