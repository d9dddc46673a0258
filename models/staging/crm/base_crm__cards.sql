{{ crm_warehouse.judged('crm', 'cards') }}
