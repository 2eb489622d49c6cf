using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>Programs of the machine that measure or are measured against.</summary>
internal static class RequiredTools
{
    public const string BrotliModule = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

    private static readonly (string Program, string Package)[] Needed =
    [
        ("nginx", "nginx"),
        ("wrk", "wrk"),
        ("h2load", "nghttp2-client"),
    ];

    /// <exception cref="BenchmarkException">A program or a module is missing; the message names the packages.</exception>
    public static void Require()
    {
        var packages = Needed.Where(tool => Find(tool.Program) is null).Select(tool => tool.Package).ToList();
        if (!File.Exists(BrotliModule))
            packages.Add("libnginx-mod-http-brotli-static");
        if (packages.Count > 0)
            throw Missing(packages);
    }

    /// <inheritdoc cref="Require()"/>
    public static void Require(string program)
    {
        if (Find(program) is null)
            throw Missing([Needed.Single(tool => tool.Program == program).Package]);
    }

    /// <exception cref="BenchmarkException">There is no such program.</exception>
    public static string PathOf(string program) => Find(program) ?? throw new BenchmarkException($"There is no {program} on the PATH");

    private static BenchmarkException Missing(IEnumerable<string> packages) =>
        new($"Missing on this machine; Debian and Ubuntu have it: apt-get install --no-install-recommends {string.Join(' ', packages)}");

    /// <summary>Looks in /usr/sbin too, which the PATH of a plain user leaves out on Debian.</summary>
    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
