using System.Net;
using System.Net.Sockets;

namespace ArmTwitch.Tests.Hosting;

/// <summary>A start either serves or says in one line a fault why it cannot.</summary>
public sealed class StartupTests
{
    [Fact]
    public async Task An_address_in_use_is_told_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        using var program = new BuiltProgram([], [("ASPNETCORE_URLS", address)]);

        Assert.Equal(1, await program.EndAsync());

        Assert.Equal($"ArmTwitch cannot start: The address {address} is in use by another program. Stop that one, or set ASPNETCORE_URLS to another address, such as http://localhost:5081.", WhyOf(program));
        Assert.DoesNotContain(program.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_is_not_ours_is_told_in_one_line()
    {
        using var program = new BuiltProgram([], [("ASPNETCORE_URLS", "http://192.0.2.1:5080")]);

        Assert.Equal(1, await program.EndAsync());

        Assert.StartsWith("ArmTwitch cannot start: It may not listen on http://192.0.2.1:5080: ", WhyOf(program), StringComparison.Ordinal);
        Assert.DoesNotContain(program.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Content__PollSeconds", "-1", "Content:PollSeconds is \"-1\"; it must be between 0 and 3600")]
    [InlineData("Content__PollSeconds", "soon", "Content:PollSeconds is \"soon\"")]
    [InlineData("Content__PollSeconds", "NaN", "Content:PollSeconds is \"NaN\"; it must be between 0 and 3600")]
    [InlineData("Content__PollSeconds", "1e99", "Content:PollSeconds is \"1E+99\"; it must be between 0 and 3600")]
    [InlineData("Content__Path", "nowhere", "Content:Path is \"nowhere\"; it must be a folder that holds articles/, in the working directory, above it or beside the program.")]
    [InlineData("Content__Path", "/dev/null", "Content:Path is \"/dev/null\"; it must be a folder that holds articles/.")]
    [InlineData("Pages__MaxBytes", "1", "Pages:MaxBytes is \"1\"; it must be between 1000000 and 16000000000")]
    [InlineData("Site__BaseUrl", "armtwitch.example", "Site:BaseUrl is \"armtwitch.example\"; it must be http:// or https:// and a host, with no path, such as https://armtwitch.example")]
    [InlineData("Site__BaseUrl", "https://armtwitch.example/blog", "Site:BaseUrl is \"https://armtwitch.example/blog\"; it must be http:// or https:// and a host, with no path, such as https://armtwitch.example")]
    [InlineData("Site__Name", "", "Site:Name is \"\"; it must not be empty")]
    [InlineData("Proxies__Known__0", "my proxy", "Proxies:Known is \"my proxy\"; it must hold IP addresses or networks such as 10.0.0.0/8")]
    [InlineData("Proxies__Known", "10.0.0.0/8, my proxy", "Proxies:Known is \"10.0.0.0/8, my proxy\"; it must hold IP addresses or networks such as 10.0.0.0/8")]
    [InlineData("Mail__Host", "my server", "Mail:Host is \"my server\"; it must be the name or the IP address of a mail server, with no port, such as smtp.example.org")]
    [InlineData("Mail__Port", "0", "Mail:Port is \"0\"; it must be between 1 and 65535")]
    [InlineData("Mail__Security", "Maybe", "Mail:Security is \"Maybe\"; it must be one of None, StartTls, Tls")]
    [InlineData("Mail__From", "nobody", "Mail:From is \"nobody\"; it must be an address such as hello@armtwitch.example, or ArmTwitch <hello@armtwitch.example>")]
    [InlineData("Mail__User", "site", "Mail:Password is \"\"; with Mail:User it must not be empty")]
    [InlineData("Mail__RetryMinutes__0", "-1", "Mail:RetryMinutes is \"-1\"; it must hold numbers between 0 and 1440")]
    [InlineData("Mail__LeaseSeconds", "0", "Mail:LeaseSeconds is \"0\"; it must be between 0.01 and 86400")]
    [InlineData("Data__Provider", "Oracle", "Data:Provider is \"Oracle\"; it must be one of Sqlite, Postgres")]
    [InlineData("Data__Directory", "/dev/null/data", "Data:Directory is \"/dev/null/data\"")]
    [InlineData("Data__Directory", "/proc", "Data:Directory is \"/proc\"; it must be a folder that the program may make and write: ")]
    [InlineData("ASPNETCORE_URLS", "nonsense", "Urls is \"nonsense\"; it must be an address such as http://localhost:5080")]
    [InlineData("Mail__Hots", "smtp.example.org", "Mail:Hots is no setting; the nearest is Mail:Host.")]
    [InlineData("Newletter__PollSeconds", "2", "Newletter:PollSeconds is no setting; the nearest is Newsletter:PollSeconds.")]
    [InlineData("ConnectionStrings__ArmTwich", "x", "ConnectionStrings:ArmTwich is no setting; the nearest is ConnectionStrings:ArmTwitch.")]
    [InlineData("Pages__Cache", "1", "Pages:Cache is no setting; there are Pages:MaxBytes.")]
    [InlineData("Data__Provider", "1", "Data:Provider is \"1\"; it must be one of Sqlite, Postgres")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "abc", "Http_Ports is \"abc\"; it must be a port between 0 and 65535")]
    [InlineData("Logging__LogLevel__Default", "Foo", "Logging:LogLevel:Default is \"Foo\"; it must be one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Logging__Console__LogLevel__ArmTwitch.Data", "Loud", "Logging:Console:LogLevel:ArmTwitch.Data is \"Loud\"; it must be one of Trace,")]
    [InlineData("Logging__Console__LogToStandardErrorThreshold", "Loud", "LogToStandardErrorThreshold")]
    [InlineData("ConnectionStrings__ArmTwitch", "Host=localhost;Database=armtwitch;Password=secret", "ConnectionStrings:ArmTwitch does not suit Data:Provider Sqlite: ")]
    [InlineData("Metrics__Enabled", "perhaps", "Metrics:Enabled is \"perhaps\"; it must be true or false")]
    [InlineData("Metrics__Allow", "everybody", "Metrics:Allow is \"everybody\"; it must hold IP addresses or networks such as 10.0.0.0/8")]
    public async Task A_wrong_setting_is_told_with_its_key_its_value_and_what_is_allowed(string name, string value, string fault)
    {
        using var program = new BuiltProgram([], [("ASPNETCORE_URLS", $"http://127.0.0.1:{BuiltProgram.FreePort()}"), (name, value)]);

        Assert.Equal(2, await program.EndAsync());

        var told = Assert.Single(program.Lines, line => line.StartsWith("ArmTwitch cannot start: ", StringComparison.Ordinal));
        Assert.Contains(fault, told, StringComparison.Ordinal);
        Assert.DoesNotContain(program.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Systemd_does_not_start_again_what_only_a_change_of_the_settings_can_mend() => Assert.Contains(
        $"RestartPreventExitStatus={ExitCode.WrongUsage}",
        File.ReadLines(Path.Combine(RepositoryPaths.Root, "packaging", "systemd", "armtwitch.service")));

    [Fact]
    public async Task Several_wrong_settings_are_told_at_once()
    {
        using var program = new BuiltProgram([], [
            ("Content__PollSeconds", "-1"), ("Pages__MaxBytes", "1"), ("Site__BaseUrl", "x"), ("Mail__Port", "many"),
            ("Mail__Security", "Maybe"), ("Mail__Hots", "x"), ("ASPNETCORE_URLS", "nonsense"), ("Logging__LogLevel__Default", "Foo"),
        ]);

        Assert.Equal(2, await program.EndAsync());

        Assert.Equal(8, program.Lines.Count(line => line.StartsWith("ArmTwitch cannot start: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Production_needs_a_public_address_and_a_way_for_mails()
    {
        using var program = new BuiltProgram([], [("ASPNETCORE_ENVIRONMENT", "Production")]);

        Assert.Equal(2, await program.EndAsync());

        Assert.Contains(
            program.Lines,
            line => line.Contains("Site:BaseUrl is \"\"; outside Development it must be the public address", StringComparison.Ordinal));
        Assert.Contains(program.Lines, line => line.Contains(
            "Mail:Host is \"\"; outside Development it must be the mail server, such as smtp.example.org, or Mail:Pickup must be true",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_of_a_whole_section_is_none_of_ours()
    {
        using var program = new BuiltProgram(["config", "check"], [("MAIL", "/var/mail/root"), ("Limits", "none"), ("Other__Thing", "1")]);

        Assert.Equal(0, await program.EndAsync());
    }

    [Fact]
    public async Task It_serves_from_a_path_with_a_space_and_makes_its_data_folder()
    {
        using var content = new ContentCopy();
        var home = Directory.CreateTempSubdirectory("arm twitch ");
        Directory.Move(content.Folder, Path.Combine(home.FullName, "content"));
        Directory.CreateDirectory(content.Folder);
        try
        {
            var port = BuiltProgram.FreePort();
            var below = Directory.CreateDirectory(Path.Combine(home.FullName, "src", "deep")).FullName;
            using var program = new BuiltProgram([], [("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("Data__Directory", null)], below);
            await program.SaysAsync("Application started");
            using var visitor = new HttpClient();

            var html = await visitor.GetStringAsync(
                new Uri($"http://127.0.0.1:{port}/articles/one"), Xunit.TestContext.Current.CancellationToken);

            Assert.Contains($"<link rel=\"canonical\" href=\"http://localhost:{port}/articles/one\"", html, StringComparison.Ordinal);
            Assert.True(Directory.Exists(Path.Combine(home.FullName, "data")));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Https_is_asked_for_outside_development_only_and_of_hosts_below_only_when_wished()
    {
        Assert.Null(await HstsAsync("Development"));
        Assert.Equal("max-age=31536000", await HstsAsync("Production"));
        Assert.Equal(
            "max-age=172800; includeSubDomains",
            await HstsAsync("Production", ("Site:HstsDays", "2"), ("Site:HstsIncludeSubDomains", "true")));
        Assert.Null(await HstsAsync("Production", ("Site:HstsDays", "0"), ("Site:HstsIncludeSubDomains", "true")));

        static async Task<string?> HstsAsync(string environment, params (string, string)[] settings)
        {
            using var site = new TestSite(environment: environment, settings: settings);
            using var visitor = site.Visit();
            using var answer = await visitor.GetAsync(new Uri("/", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
            return answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? string.Join(", ", values) : null;
        }
    }

    [Fact]
    public async Task On_Linux_no_thread_that_serves_interrupts_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems share the processor in their own way");
        // Field numbers of proc(5), of which the first two are the id and the name.
        const int State = 3, Policy = 41, Batch = 3;
        using var program = new BuiltProgram([], [("ASPNETCORE_URLS", $"http://127.0.0.1:{BuiltProgram.FreePort()}")]);
        await program.SaysAsync("Application started");

        var listener = Directory.EnumerateDirectories($"/proc/{program.Id}/task")
            .Single(thread => File.ReadAllText(Path.Combine(thread, "comm")) is ".NET Sockets\n");
        var fromState = File.ReadAllText(Path.Combine(listener, "stat")).Split(") ")[^1].Split(' ');

        Assert.Equal($"{Batch}", fromState[Policy - State]);
    }

    /// <summary>The one line that says why it did not start; the log goes another way and may arrive later.</summary>
    private static string WhyOf(BuiltProgram program) =>
        Assert.Single(program.Lines, line => line.StartsWith("ArmTwitch cannot start", StringComparison.Ordinal));
}
