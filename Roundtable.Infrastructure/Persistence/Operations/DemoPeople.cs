using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Infrastructure.Persistence.Operations;

/// <summary>Names, devices and reasons of the demo data.</summary>
internal static class DemoPeople
{
    public static readonly string[] FirstNames =
    [
        "Ada",
        "Aiko",
        "Alejandro",
        "Amara",
        "Anna",
        "Anton",
        "Beatriz",
        "Ben",
        "Chiara",
        "Chloé",
        "Daniel",
        "Dilan",
        "Elena",
        "Elif",
        "Emil",
        "Fatima",
        "Felix",
        "Grace",
        "Hannah",
        "Hiroshi",
        "Ida",
        "Ines",
        "Jakub",
        "James",
        "João",
        "Julia",
        "Kofi",
        "Lara",
        "Leon",
        "Lina",
        "Lucas",
        "Maja",
        "Marco",
        "Maria",
        "Mateusz",
        "Mei",
        "Mila",
        "Nadia",
        "Noah",
        "Olivia",
        "Omar",
        "Paul",
        "Priya",
        "Quinn",
        "Rafael",
        "Rosa",
        "Samuel",
        "Sara",
        "Sofia",
        "Tom",
        "Valentina",
        "Wei",
        "Yara",
        "Zoë",
    ];

    public static readonly string[] LastNames =
    [
        "Adeyemi",
        "Andersson",
        "Bakker",
        "Becker",
        "Bianchi",
        "Costa",
        "Dubois",
        "Fernández",
        "Fischer",
        "García",
        "Haddad",
        "Hoffmann",
        "Hopper",
        "Ito",
        "Jansen",
        "Johansson",
        "Kaya",
        "Kowalski",
        "Kumar",
        "Lefèvre",
        "Li",
        "Lopez",
        "Mensah",
        "Meyer",
        "Moreau",
        "Müller",
        "Nakamura",
        "Nguyen",
        "Novak",
        "O'Connor",
        "Okafor",
        "Patel",
        "Petrov",
        "Ricci",
        "Rossi",
        "Sato",
        "Schmidt",
        "Silva",
        "Singh",
        "Smith",
        "Suzuki",
        "Tanaka",
        "Taylor",
        "Turing",
        "Vermeer",
        "Wagner",
        "Weber",
        "Wilson",
        "Wright",
        "Yılmaz",
        "Zhang",
    ];

    public static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 "
            + "Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    ];

    public static readonly string[] BanReasons =
    [
        "Spam in comments",
        "Fake listings",
        "Payment fraud, ticket 4711",
        "Harassment, second warning",
        "Automated sign-ups",
    ];

    public static readonly DeliveryError[] MailErrors =
    [
        new(DeliveryErrorCode.UnknownMailbox, "SMTP 550: 5.1.1 The e-mail account does not exist"),
        new(DeliveryErrorCode.ServerError, "SMTP 421: 4.7.0 Try again later"),
        new(DeliveryErrorCode.Full, "SMTP 552: 5.2.2 Mailbox full"),
    ];

    /// <summary>Letters of an address, without accents.</summary>
    public static string AddressOf(string first, string last, int number)
    {
        var plain = Domain.Common.UnicodeText.Fold($"{first}.{last}");
        var letters = string.Concat(plain.Where(c => char.IsAsciiLetterOrDigit(c) || c == '.').Select(char.ToLowerInvariant));
        return $"{letters}{(number == 0 ? "" : number)}@example.{(number % 3) switch { 0 => "com", 1 => "org", _ => "net" }}";
    }
}
