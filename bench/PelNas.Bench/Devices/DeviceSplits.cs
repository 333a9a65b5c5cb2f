using PelNas.Shared.Tables;

namespace PelNas.Bench.Devices;

/// <summary>Which devices are known and which are to be predicted from a few measurements.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Targets">Devices to predict.</param>
/// <param name="IsKnown">Whether a device (second) is known where another (first) is predicted.</param>
internal sealed record DeviceSplit(string Name, IReadOnlyList<string> Targets, Func<string, string, bool> IsKnown)
{
    private static readonly string[] HelpKnown =
        ["1080ti_1", "1080ti_32", "1080ti_256", "silver_4114", "silver_4210r", "samsung_a50", "pixel3", "essential_ph_1", "samsung_s7"];

    private static readonly string[] HardKnown = ["1080ti_1", "1080ti_32", "titanx_32", "titanxp_1", "titanxp_32"];

    // What begins alike is of one family: batch sizes of a GPU, generations of one maker's chips.
    private static readonly string[][] Families =
        [["1080ti", "titanx", "titanxp"], ["2080ti", "titan_rtx"], ["gold", "silver"], ["pixel"], ["samsung"]];

    /// <summary>The devices that HELP learnt from and tested on.</summary>
    public static DeviceSplit Help { get; } = new(
        "HELP's split", ["titan_rtx_256", "gold_6226", "pixel2", "raspi4", "eyeriss", "fpga"], (_, known) => HelpKnown.Contains(known));

    /// <summary>From five settings of GPUs to other kinds of devices.</summary>
    public static DeviceSplit Hard { get; } = new(
        "hard split", ["eyeriss", "pixel3", "raspi4", "samsung_a50"], (_, known) => HardKnown.Contains(known));

    /// <summary>Each device in turn, from all others but its siblings.</summary>
    public static DeviceSplit LeaveOneOut { get; } = new(
        "each left out with its siblings", [.. DeviceCatalog.Devices.Select(device => device.Name)],
        (target, known) => FamilyOf(target) != FamilyOf(known));

    private static string FamilyOf(string device)
        => Families.FirstOrDefault(family => family.Any(member => device == member
            || device.StartsWith(member == "pixel" ? member : member + "_", StringComparison.Ordinal)))?[0] ?? device;
}
