//! The lists of the library.

use super::List;
use super::files::{docx, ods, ods_rows, xlsx};
use encoding_rs::{ISO_8859_15, MACINTOSH, WINDOWS_1252};

fn text(about: &'static str, file: &'static str, text: &str) -> List {
    List {
        about,
        file,
        bytes: text.as_bytes().to_vec(),
    }
}

fn book(about: &'static str, sheets: &[(&str, &str, &[&str])]) -> List {
    List {
        about,
        file: "liste.xlsx",
        bytes: xlsx(sheets),
    }
}

pub fn all() -> Vec<List> {
    [texts(), workbooks(), tools(), documents()]
        .into_iter()
        .flatten()
        .collect()
}

const NORDIC: &str = "Navn;Land;Beskrivelse\nØyas blåskjell på nye måter;Norge;Ærlig «skjell» på øya\nÅpne åser;Noreg;Åtte år\n";

fn texts() -> Vec<List> {
    let encoded = |about, bytes: &[u8]| List {
        about,
        file: "liste.csv",
        bytes: bytes.to_vec(),
    };
    let utf16: Vec<u8> = NORDIC.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        encoded(
            "windows 1252 with quoted line breaks",
            &WINDOWS_1252.encode("navn;pris;beskrivelse\r\nÅse på øya;5 €;\"Første linje\r\nandre; linje\"\r\nBø;;\"Sa \"\"ja\"\"\"\r\n").0,
        ),
        encoded("macintosh letters", &MACINTOSH.encode(NORDIC).0),
        encoded("iso 8859 15 with euro", &ISO_8859_15.encode("Navn;Kostnad\nØya;5 € på år\n").0),
        encoded("utf 16 without a mark", &utf16),
        encoded("utf 8 read as windows once", WINDOWS_1252.decode(NORDIC.as_bytes()).0.as_bytes()),
        text("tabs as pasted", "innlimt.tsv", "Namn\tLand\tStartår\nHavnelaben\tNoreg\t2017\n\"To\nlinjer\"\tSverige\t2018\n"),
        text(
            "titles above and notes below",
            "liste.csv",
            "Bruttoliste fra Testby;;;\nSist endret mars 2019;;;\n;;;\nNavn;Omfang;Startår;Sektor\nHavnelaben;Økosystem;2017;havn\n;;;\n\
             Skolehagen*;Prosjekt;høsten 2018;skole\nSum;2;;\n* Bare ett skoleår\nKilde: Testby kommune\n",
        ),
        text(
            "years in every form",
            "liste.csv",
            "Navn;Start;Slutt\nA;høsten 2017;pågår\nB;siden 2015;\nC;2015–2018;\nD;12.03.2017;2019-12-31\nE;43101;44561\n\
             F;mars 2018;d.d.\nG;2013-16;\nH;planlagt 2027;\nI;ukjent;2020\nJ;snart;\nK;våren 17;ca. 2019\nL;2019;2017\n",
        ),
        text(
            "one column of periods",
            "liste.csv",
            "Navn;Land;Prosjektperiode\nA;Norge;2015–2018\nB;Norge;2016 –\nC;Norge;siden våren 2012\nD;Norge;2014\n",
        ),
        text(
            "lists by every separator",
            "liste.csv",
            "Navn;Offentlige aktører;Finansiering\nA;NAV, Digdir og KS;EU, egne midler\nB;Design og arkitektur Norge (DOGA);EU og egne midler\n\
             C;Barne-, ungdoms- og familiedirektoratet;Statlig program / EU\nD;\"NAV\nDigdir\";EU | Egne midler\n\
             E;Møre og Romsdal fylkeskommune og NAV;lotteri\n",
        ),
        text(
            "values in other words",
            "liste.csv",
            "Navn;Nivå;Omfang;Modenhet;Aktørgrupper\nA;Kommune / kommunal;nettverk / klynge;i full drift;Kommune / kommunal\n\
             B;statleg;økosystem;Institusjonalsert;stat, forskning og frivillige\nC;regional;avtale;ikke i drift;oppstart\n\
             D;galaktisk;prosjekt;vet ikke;Kommune;\n",
        ),
        text(
            "nynorsk headings",
            "liste.csv",
            "Namn på prosjektet;Skildring;Offentlege aktørar;Forskingsinstitusjonar;Oppstartsår;Kjelde\n\
             Fjordlab;Eit lag rundt fjorden;Luster kommune;Høgskulen på Vestlandet;2016;Heimesida\n",
        ),
        text(
            "english headings",
            "list.csv",
            "Project name,Country,Short description,Public bodies,Companies,Start date,End date\n\
             Harbour lab,Denmark,\"Tests, and more tests\",City of Aarhus,Maersk,2014-05-01,2018-01-31\n",
        ),
        text(
            "mixed actors with groups by name",
            "liste.csv",
            "Navn;Hvem er med?;Oppstart\nMed hjerte for Arendal;Arendal kommune, Kirkens Bymisjon og NAV;2013\n\
             Smart Care;Lyse AS, Ipark, Stavanger kommune;jan. 2014\n",
        ),
        text("decimal commas", "liste.csv", "Navn;Varighet;Antall aktører\nA;2,5;12\nB;3 år;10–12\nC;;ca. 8\n"),
        text("columns alike and unknown", "liste.csv", "navn;sektor;sektor;saksnr.;Vurdering\nA;helse;skole;9;god\n"),
        text("personal columns", "liste.csv", "Navn;Land;Kontaktperson;E-post\nA;Norge;Kari Nordmann;kari@example.no\n"),
        text("no heading for the name", "liste.csv", "Hvilken greie;Land;Sektor;Startår\nHavnelaben;Norge;havn;2014\nSkolehagen;Norge;skole;2015\n"),
        text("not a list of cases", "koder.csv", "kode;nøkkel;navn (nb);skala\nK01;challenge_type;Utfordringstype;ordinal\n"),
        text(
            "likely duplicates",
            "liste.csv",
            "Id;Navn\n1;StimuLab\n2;Stimulabb\n3;Leverandørutviklingsprogrammet (LUP)\n4;LUP\n5;Med hjerte for Arendal\n6;Med hjerte f. Arendal\n\
             7;Pilot 1\n8;Pilot 2\n9;STIMULAB AS\n",
        ),
    ]
}

fn workbooks() -> Vec<List> {
    vec![
        book(
            "two rows of headings",
            &[(
                "Ark1",
                "Navn\tAktører\t\t\tPeriode\t\n\tOffentlige\tForskning\tNæringsliv\tFra\tTil\nHavnelaben\tBodø kommune\tNORCE\tNyby AS\t#2014\t#2018",
                &["A1:A2", "B1:D1", "E1:F1"],
            )],
        ),
        book(
            "two rows of headings without merges",
            &[(
                "Ark1",
                "\tAktører\t\t\nNavn\tOffentlige\tFrivillige\tStartår\nSkolehagen\tBø kommune\tVelforeningen\t#2015",
                &[],
            )],
        ),
        book(
            "merged cells down the list",
            &[(
                "Ark1",
                "Land\tNavn\tSektor\nNorge\tA\thelse\n\tB\tskole\nDanmark\tC\thelse",
                &["A2:A3"],
            )],
        ),
        book(
            "one case on several rows",
            &[(
                "Ark1",
                "Navn\tOffentlige aktører\tLand\nHavnelaben\tBodø kommune\tNorge\n\tNAV\t\nSkolehagen\tBø kommune\tNorge",
                &["A2:A3"],
            )],
        ),
        book(
            "dates and formulas",
            &[(
                "Ark1",
                "Navn\tStartdato\tSlutt\tKode\n=Hav og land\t#date 42856\t#43830\tA1\nLab\t#2015\t#date 43830\t=A2",
                &[],
            )],
        ),
        book(
            "sections and repeated headings",
            &[(
                "Ark1",
                "Navn\tLand\tSektor\tStartår\nNorske eksempler\t\t\t\nA\tNorge\thelse\t#2014\nNavn\tLand\tSektor\tStartår\nB\tNorge\tskole\t#2015\nUtenlandske\t\t\t\nC\tDanmark\thelse\t#2016\nTotalt\t\t\t#3",
                &["A2:D2"],
            )],
        ),
        book(
            "cases in columns",
            &[(
                "Ark1",
                "Navn\tHavnelaben\tSkolehagen\nLand\tNorge\tDanmark\nStartår\t#2014\t#2015\nSektor\thavn\tskole\nGreie\tx\ty",
                &[],
            )],
        ),
        book(
            "several sheets",
            &[
                ("Les meg", "Slik fyller du ut\nSkriv én rad per eksempel", &[]),
                ("Nord", "Navn\tLand\nHavnelaben\tNorge", &[]),
                ("Sør", "Navn\tLand\nHavne-laben\tNorge\nSkolehagen\tNorge", &[]),
            ],
        ),
        List {
            about: "open document with repeated cells",
            file: "liste.ods",
            bytes: ods(
                &(ods_rows("Navn\tStartdato\tSektor\nHavnelaben\t#date 2014-05-01\thavn")
                    + r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>"#
                    + &ods_rows("Skolehagen\t#date 2015-01-01\tskole")
                    + r#"<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#),
            ),
        },
    ]
}

fn tools() -> Vec<List> {
    vec![
        text(
            "answers of microsoft forms",
            "skjema.csv",
            "ID;Starttidspunkt;Fullføringstidspunkt;E-postadresse;Navn;Hva heter samarbeidet?;Hvilke finansieringskilder har dere?;Når startet samarbeidet?\n\
             1;01.02.2019 10:00;01.02.2019 10:20;kari@example.no;Kari;Havnelaben;\"EU-midler;\";høsten 2014\n\
             2;01.02.2019 11:00;01.02.2019 11:20;anonymous;;Skolehagen;\"EU-midler;Egne midler;\";2015\n",
        ),
        text(
            "answers of nettskjema with a column a choice",
            "nettskjema.csv",
            "$submission_id,$created,Navn på samarbeidet,Hvilke aktørgrupper deltar? - Kommune,Hvilke aktørgrupper deltar? - Forskningsinstitusjon,Omfang\n\
             101,2019-01-02T10:00:00,Havnelaben,1,0,Økosystem for innovasjon\n102,2019-01-03T10:00:00,Skolehagen,0,1,Noe annet\n",
        ),
        text(
            "answers with choices below the question",
            "svar.csv",
            "Navn på samarbeidet;Hva er nytt?;;\n;Tjeneste;Prosess;Konsept\nHavnelaben;X;;X\nSkolehagen;;X;\n",
        ),
        text(
            "notes of a board",
            "tavle.csv",
            "Text,Color,Frame\nHavnelaben,yellow,Nord\n\"Skolehagen\nElever dyrker mat sammen med naboer\",blue,Sør\n",
        ),
    ]
}

fn documents() -> Vec<List> {
    let document = |about, text: &str| List {
        about,
        file: "skjema.docx",
        bytes: docx(text),
    };
    vec![
        document(
            "word forms in tables",
            "Takk for at du fyller ut!\n|Navn på eksempelet|Havnelaben|\n|Land|Norge|\n|Startår|høsten 2014|\n|Offentlige aktører|Bodø kommune; NAV|\n\
             Neste\n|Navn på eksempelet|Skolehagen|\n|Land|Danmark|\n|Omfang|Økosystem|",
        ),
        document(
            "word forms in headings",
            "# Havnelaben\n# Beskrivelse\nEn lab i havna.\nDen har to avsnitt.\n# Land\nNorge\n# Skolehagen\n# Beskrivelse\nElever dyrker.\nStartår: 2015",
        ),
        document(
            "word table with one row a case",
            "|Navn|Land|Startår|\n|Havnelaben|Norge|2014|\n|Skolehagen|Danmark|2015|",
        ),
    ]
}
