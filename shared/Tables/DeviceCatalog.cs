namespace PelNas.Shared.Tables;

/// <summary>The devices whose latencies ship, and the file that holds them for each data set. A column bears the device's name.</summary>
internal static class DeviceCatalog
{
    public const string Cifar10 = "cifar10";
    public const string Cifar100 = "cifar100";
    public const string ImageNet16 = "imagenet16-120";

    public static readonly IReadOnlyList<string> Datasets = [Cifar10, Cifar100, ImageNet16];

    private const string HwNasBench = "HW-NAS-Bench (Li et al., ICLR 2021)";
    private const string Help = "HELP (Lee et al., NeurIPS 2021)";

    // Their networks do not pass the compiler of the Edge TPU, on any data set.
    private const int RefusedByEdgeTpu = 4_699;

    public static readonly IReadOnlyList<DeviceInfo> Devices =
    [
        new("edgegpu", "NVIDIA Jetson TX2, one image", LatencySource.Measured, HwNasBench, Datasets, BatchSize: 1),
        new("raspi4", "Raspberry Pi 4, one image", LatencySource.Measured, HwNasBench, Datasets, BatchSize: 1),
        new("edgetpu", "Google Edge TPU dev board, one image", LatencySource.Measured, HwNasBench, Datasets, RefusedByEdgeTpu,
            BatchSize: 1, Precision: "int8"),
        new("pixel3", "Google Pixel 3 phone, one image", LatencySource.Measured, HwNasBench, Datasets, BatchSize: 1),
        new("eyeriss", "Eyeriss ASIC, one image", LatencySource.Estimated, HwNasBench, Datasets, BatchSize: 1),
        new("fpga", "Xilinx ZC706 FPGA, one image", LatencySource.Estimated, HwNasBench, Datasets, BatchSize: 1),
        .. Gpu("1080ti", "NVIDIA GTX 1080 Ti"),
        .. Gpu("2080ti", "NVIDIA RTX 2080 Ti"),
        .. Gpu("titan_rtx", "NVIDIA Titan RTX"),
        .. Gpu("titanx", "NVIDIA GTX Titan X"),
        .. Gpu("titanxp", "NVIDIA Titan Xp"),
        Measured("gold_6226", "Intel Xeon Gold 6226 CPU"),
        Measured("gold_6240", "Intel Xeon Gold 6240 CPU"),
        Measured("silver_4114", "Intel Xeon Silver 4114 CPU"),
        Measured("silver_4210r", "Intel Xeon Silver 4210R CPU"),
        Measured("pixel2", "Google Pixel 2 phone, whole milliseconds"),
        Measured("samsung_a50", "Samsung Galaxy A50 phone, whole milliseconds"),
        Measured("samsung_s7", "Samsung Galaxy S7 phone, whole milliseconds"),
        Measured("essential_ph_1", "Essential PH-1 phone, whole milliseconds"),
    ];

    /// <summary>The devices with a table of energy.</summary>
    public static readonly IReadOnlyList<string> WithEnergy = ["edgegpu", "eyeriss", "fpga"];

    /// <summary>The devices of the paper.</summary>
    public static readonly IReadOnlyList<string> HwNasBenchDevices = [.. Devices.Where(device => device.Source == HwNasBench)
        .Select(device => device.Name)];

    /// <summary>The file with the device's latencies for a data set that it has.</summary>
    public static string LatencyFile(DeviceInfo device, string dataset)
        => device.Source == Help ? "help-cifar10-latency-ms.csv.gz" : $"hwnasbench-{dataset}-latency-ms.csv.gz";

    private static DeviceInfo[] Gpu(string name, string hardware) =>
    [
        Measured($"{name}_1", $"{hardware} GPU, one image", 1),
        Measured($"{name}_32", $"{hardware} GPU, batch of 32", 32),
        Measured($"{name}_256", $"{hardware} GPU, batch of 256", 256),
    ];

    private static DeviceInfo Measured(string name, string description, int? batchSize = null) =>
        new(name, description, LatencySource.Measured, Help, [Cifar10], BatchSize: batchSize);
}
