{{ crm_warehouse.judged('pos', 'tenders') }}
